import { type Batch, pageCountOf } from "../../domain/batch/batch.ts";
import type { BatchItemState } from "../../domain/batch/batch-item.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { manifestFile } from "./batch-files.ts";
import { refOf } from "./batch-ref.ts";
import { pageItems } from "./list-batch-items.ts";
import type { PageStates } from "./page-states.ts";

export interface BatchFilesPorts {
  readonly blobs: BlobStore;
  readonly pageStates: PageStates;
}

/** Every item of an ended batch, in order; one page of them in memory. */
export async function* itemsOf(
  ports: BatchFilesPorts,
  batch: Batch,
): AsyncGenerator<BatchItemState, void, void> {
  for (let page = 0; page < pageCountOf(batch); page += 1) {
    yield* await pageItems(ports, batch, page);
  }
}

/** Writes what became of every item beside the results. */
export async function writeManifest(ports: BatchFilesPorts, batch: Batch): Promise<void> {
  const body = ReadableStream.from(manifestChunks(ports, batch));
  await ports.blobs.write(manifestFile(refOf(batch)), body, { contentType: "application/json" });
}

async function* manifestChunks(ports: BatchFilesPorts, batch: Batch): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder();
  const { id, source, status, counts, createdAt, startedAt, finishedAt } = batch;
  const head = JSON.stringify({ id, source, status, counts, createdAt, startedAt, finishedAt });
  yield encoder.encode(`${head.slice(0, -1)},"items":[`);
  let separator = "\n";
  for await (const item of itemsOf(ports, batch)) {
    const { blobName: blob, status: state, ...rest } = item;
    yield encoder.encode(`${separator}${JSON.stringify({ ...rest, state, blob })}`);
    separator = ",\n";
  }
  yield encoder.encode("\n]}\n");
}
