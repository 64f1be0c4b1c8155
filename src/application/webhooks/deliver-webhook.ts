import type { DeliveryAttempt, WebhookDelivery } from "../../domain/webhook/webhook-delivery.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { WebhookActivities } from "../ports/batch-activities.ts";
import type { DocumentCollection } from "../ports/documents.ts";
import { secretOf, signingSecrets, type WebhookSecretPorts } from "./webhook-secrets.ts";

export interface DeliverWebhookPorts extends WebhookSecretPorts {
  readonly deliveries: DocumentCollection<WebhookDelivery>;
}

/** Tries once to deliver, and writes down how it went. It may run twice: the receiver knows the id. */
export function makeDeliverWebhook(ports: DeliverWebhookPorts): WebhookActivities["deliverWebhook"] {
  return async ({ deliveryId, ownerId, isLast }) => {
    const delivery = await ports.deliveries.read(ownerId, deliveryId);
    if (delivery === undefined || delivery.status === "delivered") {
      return { isOver: true };
    }
    const { attempt, isFinal } = await attemptOf(ports, delivery);
    const isDelivered = attempt.httpStatus !== null && attempt.httpStatus >= 200 && attempt.httpStatus < 300;
    const isOver = isDelivered || isFinal || isLast;
    const { etag, ...rest } = delivery;
    const attempts = [...delivery.attempts, attempt];
    const status = isDelivered ? "delivered" : isOver ? "failed" : "pending";
    await ports.deliveries.replace({ ...rest, attempts, status }, etag);
    return { isOver };
  };
}

async function attemptOf(
  ports: DeliverWebhookPorts,
  { id, url, body, partition }: WebhookDelivery,
): Promise<{ readonly attempt: DeliveryAttempt; readonly isFinal: boolean }> {
  const sentAt = ports.clock.now();
  const at = sentAt.toISOString();
  const secrets = signingSecrets(await secretOf(ports, partition), sentAt);
  try {
    const httpStatus = await ports.sender.send({ id, url, body, sentAt, secrets });
    return { attempt: { at, httpStatus, error: null }, isFinal: httpStatus === GONE };
  } catch (error) {
    if (!(error instanceof ServiceError)) {
      throw error;
    }
    return { attempt: { at, httpStatus: null, error: error.message }, isFinal: !error.retryable };
  }
}

/** A receiver that answers this wants no more. */
const GONE = 410;
