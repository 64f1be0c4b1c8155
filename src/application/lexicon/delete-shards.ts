import { type LexiconCollection, shardIds, type ShardSet } from "./lexicon-documents.ts";
import type { LexiconRef } from "./lexicon-name.ts";

/** Calls at once. */
const LANES = 8;

/**
 * Deletes sets of shards of which some or all may be gone. Each shard is deleted by itself: in a transaction of Cosmos
 * DB, every document that is not there costs a round trip after the other.
 */
export async function deleteShards(
  collection: LexiconCollection,
  { ownerId, name }: LexiconRef,
  sets: readonly ShardSet[],
): Promise<void> {
  const ids = sets.flatMap((set) => shardIds(name, set)).values();
  const deleteOneByOne = async (): Promise<void> => {
    for (const id of ids) {
      await collection.delete(ownerId, id);
    }
  };
  await Promise.all(Array.from({ length: LANES }, deleteOneByOne));
}
