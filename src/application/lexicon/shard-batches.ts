import { MAX_CHANGES_AT_ONCE } from "../ports/documents.ts";
import type { LexiconShard } from "./lexicon-documents.ts";

/** Stores take 2 MB in one transaction. */
const MAX_BATCH_BYTES = 1_500_000;

/** What fits into one transaction each; one place of each is kept for the head. */
export function inBatches(shards: readonly LexiconShard[]): readonly (readonly LexiconShard[])[] {
  const batches: LexiconShard[][] = [];
  let sizeBytes = Infinity;
  for (const shard of shards) {
    const shardBytes = Buffer.byteLength(JSON.stringify(shard));
    const last = batches.at(-1);
    if (
      last === undefined ||
      last.length === MAX_CHANGES_AT_ONCE - 1 ||
      sizeBytes + shardBytes > MAX_BATCH_BYTES
    ) {
      batches.push([shard]);
      sizeBytes = shardBytes;
    } else {
      last.push(shard);
      sizeBytes += shardBytes;
    }
  }
  return batches;
}
