import { writeItems } from "../../src/application/batches/items-file.ts";
import type { BlobStore } from "../../src/application/ports/blobs.ts";
import { permissionsOf } from "../../src/domain/access/permissions.ts";
import { allPending } from "../../src/domain/batch/batch-counts.ts";
import type { Batch } from "../../src/domain/batch/batch.ts";
import { parseBatch } from "../../src/http/batches/batch-body.ts";

export const BATCH_REF = { batchId: "batch_1", ownerId: "owner" };

/** A running batch whose items are stored. @param body as it is sent. */
export async function storedBatch(blobs: BlobStore, body: object): Promise<Batch> {
  const { items, output, mode } = parseBatch(body);
  return {
    id: BATCH_REF.batchId,
    partition: BATCH_REF.ownerId,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    status: "running",
    mode,
    principal: {
      kind: "user",
      tenantId: "tenant",
      roles: ["Voice.User"],
      permissions: [...permissionsOf(["Voice.User"])],
    },
    itemCount: items.length,
    pageOffsets: await writeItems(blobs, BATCH_REF, items),
    output,
    notifyUrl: null,
    source: null,
    run: 1,
    counts: allPending(items.length),
    startedAt: null,
    finishedAt: null,
    error: null,
  };
}
