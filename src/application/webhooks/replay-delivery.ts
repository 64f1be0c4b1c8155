import type { Principal } from "../../domain/access/principal.ts";
import type { WebhookDelivery } from "../../domain/webhook/webhook-delivery.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { DocumentCollection, DocumentPage, Versioned } from "../ports/documents.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { startDelivery } from "./notify-batch-ended.ts";

type Deliveries = DocumentCollection<WebhookDelivery>;

/** The principal's own deliveries, newest first. @throws {@link ServiceError} `cursor-invalid`. */
export type ListDeliveries = (
  principal: Principal,
  query: { readonly limit: number; readonly cursor?: string | undefined },
) => Promise<DocumentPage<WebhookDelivery>>;

export function makeListDeliveries(deliveries: Deliveries): ListDeliveries {
  return (principal, { limit, cursor }) =>
    deliveries.query({ partition: principal.id, limit, ...(cursor !== undefined && { cursor }) });
}

/** Sends a notification once more, under the same id. @throws {@link ServiceError} `webhook-delivery-not-found`. */
export type ReplayDelivery = (
  principal: Principal,
  deliveryId: string,
) => Promise<Versioned<WebhookDelivery>>;

export function makeReplayDelivery(ports: {
  readonly deliveries: Deliveries;
  readonly orchestrations: Orchestrations;
}): ReplayDelivery {
  return async (principal, deliveryId) => {
    const found = await ports.deliveries.read(principal.id, deliveryId);
    if (found === undefined) {
      throw new ServiceError("webhook-delivery-not-found", `There is no delivery ${deliveryId}.`);
    }
    const { etag, ...delivery } = found;
    const changed = { ...delivery, status: "pending" as const, round: delivery.round + 1 };
    const replayed = await ports.deliveries.replace(changed, etag);
    await startDelivery(ports.orchestrations, replayed);
    return replayed;
  };
}
