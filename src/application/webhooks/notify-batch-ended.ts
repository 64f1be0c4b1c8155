import type { Batch } from "../../domain/batch/batch.ts";
import type { WebhookDelivery } from "../../domain/webhook/webhook-delivery.ts";
import type { Clock } from "../ports/clock.ts";
import { DocumentConflict, type DocumentCollection } from "../ports/documents.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";

export interface NotifyBatchEndedPorts {
  readonly deliveries: DocumentCollection<WebhookDelivery>;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
}

/** Tells whoever asked for it that a run has ended, once per run. */
export type NotifyBatchEnded = (batch: Batch) => Promise<void>;

export function makeNotifyBatchEnded(ports: NotifyBatchEndedPorts): NotifyBatchEnded {
  return async (batch) => {
    if (batch.notifyUrl === null) {
      return;
    }
    const delivery = deliveryOf(batch, batch.notifyUrl, ports.clock.now());
    try {
      await ports.deliveries.create(delivery);
    } catch (error) {
      if (!(error instanceof DocumentConflict)) {
        throw error;
      }
    }
    await startDelivery(ports.orchestrations, delivery);
  };
}

export async function startDelivery(
  orchestrations: Orchestrations,
  delivery: WebhookDelivery,
): Promise<void> {
  const { id, partition: ownerId, round } = delivery;
  const input = { deliveryId: id, ownerId };
  await orchestrations.start("deliverWebhookOrchestration", `${id}-${round}`, input);
}

function deliveryOf(batch: Batch, url: string, now: Date): WebhookDelivery {
  const { id: batchId, status, counts, startedAt, finishedAt, source } = batch;
  const data = { batchId, status, counts, startedAt, finishedAt, source };
  return {
    id: `msg_${batchId}_${batch.run}`,
    partition: batch.partition,
    createdAt: now.toISOString(),
    url,
    batchId,
    body: JSON.stringify({ type: "batch.ended", timestamp: now.toISOString(), data }),
    status: "pending",
    attempts: [],
    round: 1,
  };
}
