import { z } from "zod";
import type { ListedBatchItem } from "../../application/batches/list-batch-items.ts";
import type { Versioned } from "../../application/ports/documents.ts";
import { type Batch, BATCH_MODES, BATCH_STATUSES, isBatchEnded } from "../../domain/batch/batch.ts";
import { BATCH_ITEM_STATUSES } from "../../domain/batch/batch-item.ts";
import { CAPTION_FORMATS } from "../../domain/speech/captions/write-captions.ts";

/** `{batchId}` in a path. Any text is a possible id: an unknown one is a 404. */
export const batchPath = z.object({ batchId: z.string().min(1).max(128) });

const count = z.number().int().min(0);

export const batchSchema = z
  .object({
    id: z.string(),
    status: z.enum(BATCH_STATUSES),
    mode: z.enum(BATCH_MODES),
    counts: z.object({
      total: count,
      pending: count,
      running: count,
      succeeded: count,
      failed: count,
      canceled: count,
    }),
    source: z.string().nullable().describe("The dropped file that it was made of"),
    run: z.number().int().describe("1 at first; every retry is another one"),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    output: z.object({
      captions: z.array(z.enum(CAPTION_FORMATS)),
      archive: z.boolean(),
      concatenate: z.boolean(),
      folder: z.string().describe("Where the results are, in the container results"),
      archiveUrl: z.string().nullable(),
    }),
    notify: z.object({ url: z.string() }).nullable(),
    error: z.object({ code: z.string(), message: z.string(), recovery: z.array(z.string()) }).nullable(),
    etag: z.string(),
  })
  .meta({ id: "Batch" });

export const batchItemSchema = z
  .object({
    id: z.string(),
    status: z.enum(BATCH_ITEM_STATUSES),
    attempts: count,
    durationMs: z.number().nullable(),
    characters: z.number().nullable(),
    audioUrl: z.string().nullable().describe("Valid for an hour"),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: "BatchItem" });

export function batchJson(batch: Versioned<Batch>): z.input<typeof batchSchema> {
  const { id, partition, output } = batch;
  const hasArchive = output.archive && isBatchEnded(batch);
  return {
    id,
    status: batch.status,
    mode: batch.mode ?? "standard",
    counts: { ...batch.counts },
    source: batch.source,
    run: batch.run,
    createdAt: batch.createdAt,
    startedAt: batch.startedAt,
    finishedAt: batch.finishedAt,
    output: {
      ...output,
      captions: [...output.captions],
      folder: `${partition}/${id}`,
      archiveUrl: hasArchive ? `/api/v1/synthesis/batch/${id}/archive` : null,
    },
    notify: batch.notifyUrl === null ? null : { url: batch.notifyUrl },
    error: batch.error === null ? null : { ...batch.error, recovery: [...batch.error.recovery] },
    etag: batch.etag,
  };
}

export function batchItemJson(item: ListedBatchItem): z.input<typeof batchItemSchema> {
  const { blobName: _blobName, ...shown } = item;
  return shown;
}
