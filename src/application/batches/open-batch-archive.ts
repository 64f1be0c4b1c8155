import type { Principal } from "../../domain/access/principal.ts";
import { type Batch, isBatchEnded } from "../../domain/batch/batch.ts";
import type { BatchItemState } from "../../domain/batch/batch-item.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { ArchivedFile, Archiver } from "../ports/archiver.ts";
import type { BlobRef } from "../ports/blobs.ts";
import { joinedFile, manifestFile, resultFile } from "./batch-files.ts";
import { type BatchCollection, refOf } from "./batch-ref.ts";
import { findBatch } from "./find-batch.ts";
import { joinedFormat } from "./join-results.ts";
import { type BatchFilesPorts, itemsOf } from "./write-manifest.ts";

export interface OpenBatchArchivePorts extends BatchFilesPorts {
  readonly batches: BatchCollection;
  readonly archiver: Archiver;
}

/**
 * All results of an ended batch as one zip, read from the store while it goes out.
 *
 * @throws {@link ServiceError} `batch-not-found`, `batch-not-finished`, `batch-archive-off`.
 */
export type OpenBatchArchive = (principal: Principal, batchId: string) => Promise<ReadableStream<Uint8Array>>;

export function makeOpenBatchArchive(ports: OpenBatchArchivePorts): OpenBatchArchive {
  return async (principal, batchId) => {
    const batch = await findBatch(ports.batches, principal, batchId);
    if (!batch.output.archive) {
      throw new ServiceError("batch-archive-off", "This batch offers no archive.", { details: { batchId } });
    }
    if (!isBatchEnded(batch)) {
      const details = { batchId, status: batch.status };
      throw new ServiceError("batch-not-finished", `The batch is ${batch.status}.`, { details });
    }
    return ports.archiver.zip(filesOf(ports, batch));
  };
}

async function* filesOf(
  ports: OpenBatchArchivePorts,
  batch: Batch,
): AsyncGenerator<ArchivedFile, void, void> {
  yield* fileOf(ports, manifestFile(refOf(batch)));
  if (batch.output.concatenate) {
    const { extension } = await joinedFormat(ports.blobs, batch);
    yield* fileOf(ports, joinedFile(refOf(batch), extension));
  }
  for await (const item of itemsOf(ports, batch)) {
    for (const file of resultsOf(batch, item)) {
      yield* fileOf(ports, file);
    }
  }
}

function resultsOf(batch: Batch, { id, blobName }: BatchItemState): readonly BlobRef[] {
  return blobName === null
    ? []
    : [
        { container: "results", name: blobName },
        ...batch.output.captions.map((format) => resultFile(refOf(batch), `${id}.${format}`)),
      ];
}

async function* fileOf(
  { blobs }: OpenBatchArchivePorts,
  file: BlobRef,
): AsyncGenerator<ArchivedFile, void, void> {
  const found = await blobs.read(file);
  if (found !== undefined) {
    const { sizeBytes, lastModified } = found.properties;
    yield {
      name: file.name.slice(file.name.lastIndexOf("/") + 1),
      sizeBytes,
      lastModified,
      body: found.body,
    };
  }
}
