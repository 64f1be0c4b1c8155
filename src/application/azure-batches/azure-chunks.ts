import { type Batch, pageCountOf } from "../../domain/batch/batch.ts";
import type { BatchRef } from "../batches/batch-ref.ts";

/** One pass over one chunk: some pages whose items are handed to Azure together. */
export interface AzurePassRef extends BatchRef {
  readonly run: number;
  readonly chunk: number;
  /** Counts from 1. */
  readonly pass: number;
}

export interface AzureJobRef extends AzurePassRef {
  readonly job: number;
}

/** Of 50 items: what one pass prepares at once. */
const MAX_CHUNK_PAGES = 20;

/** Of the file of items; a page that is larger is a chunk of its own. */
const MAX_CHUNK_BYTES = 4 * 1024 * 1024;

/** Says the same for as long as the batch lives. @returns numbers of pages, chunk by chunk. */
export function azureChunksOf(
  batch: Pick<Batch, "pageOffsets">,
): readonly [readonly number[], ...(readonly number[])[]] {
  const chunks: [number[], ...number[][]] = [[]];
  let sizeBytes = 0;
  for (let page = 0; page < pageCountOf(batch); page += 1) {
    const pageBytes = (batch.pageOffsets[page + 1] ?? 0) - (batch.pageOffsets[page] ?? 0);
    const current = chunks.at(-1) ?? chunks[0];
    const isFull = current.length === MAX_CHUNK_PAGES || sizeBytes + pageBytes > MAX_CHUNK_BYTES;
    if (isFull && current.length > 0) {
      chunks.push([page]);
      sizeBytes = pageBytes;
    } else {
      current.push(page);
      sizeBytes += pageBytes;
    }
  }
  return chunks;
}

/** The same step always names the same job, so that a repeat finds what it made. At most 64 characters. */
export function azureJobId({ batchId, run, chunk, pass, job }: AzureJobRef): string {
  return `${batchId}-${run}-${chunk}-${pass}-${job}`;
}
