import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import type { CollectionDefinition, DocumentCollection, StoredDocument } from "../ports/documents.ts";
import type { LexiconRef } from "./lexicon-name.ts";

/** A set of shards that is written, or no longer read. */
export interface ShardSet {
  readonly generation: string;
  readonly bucketCount: number;
}

/** Says which shards make up a lexicon. Every change of the lexicon replaces it, so that its ETag guards them all. */
export interface LexiconHead extends StoredDocument, ShardSet {
  readonly kind: "head";
  readonly name: string;
  /** One more with every change; 0 while the first upload is being written. */
  readonly revision: number;
  readonly entryCount: number;
  readonly updatedAt: string;
  /** Being written by uploads. */
  readonly pending: readonly (ShardSet & { readonly startedAt: string })[];
  /** Replaced, and perhaps not deleted yet. */
  readonly retired: readonly ShardSet[];
}

/** The entries of a lexicon whose ids fall into one bucket. */
export interface LexiconShard extends StoredDocument {
  readonly kind: "shard";
  readonly lexicon: string;
  readonly generation: string;
  readonly bucket: number;
  /** Of the lexicon, when the shard was written. */
  readonly revision: number;
  readonly entries: readonly LexiconEntry[];
}

export type LexiconDocument = LexiconHead | LexiconShard;
export type LexiconCollection = DocumentCollection<LexiconDocument>;

/** Partitioned by owner. Entries are read by shard, a hundred at once, and looked through in memory. */
export const LEXICONS: CollectionDefinition = { name: "lexicons", unqueried: ["entries"] };

export function headId(name: string): string {
  return `head:${name}`;
}

export function shardId(name: string, generation: string, bucket: number): string {
  return `shard:${name}:${generation}:${bucket}`;
}

export function shardIds(name: string, { generation, bucketCount }: ShardSet): readonly string[] {
  return Array.from({ length: bucketCount }, (_, bucket) => shardId(name, generation, bucket));
}

/** FNV-1a, which spreads ids that differ in few characters. */
export function bucketOf(entryId: string, bucketCount: number): number {
  let hash = 0x81_1c_9d_c5;
  for (let i = 0; i < entryId.length; i += 1) {
    hash = Math.imul(hash ^ entryId.charCodeAt(i), 0x01_00_01_93);
  }
  return (hash >>> 0) % bucketCount;
}

/** Divides entries into shards, one for each of the wanted buckets. */
export function shardsOf(
  { ownerId, name }: LexiconRef,
  { generation, bucketCount, revision }: ShardSet & { readonly revision: number },
  { entries, buckets, createdAt }: ShardContent,
): readonly LexiconShard[] {
  const byBucket = new Map<number, LexiconEntry[]>(buckets.map((bucket) => [bucket, []]));
  for (const entry of entries) {
    byBucket.get(bucketOf(entry.id, bucketCount))?.push(entry);
  }
  return [...byBucket].map(([bucket, own]) => ({
    id: shardId(name, generation, bucket),
    partition: ownerId,
    createdAt,
    kind: "shard",
    lexicon: name,
    generation,
    bucket,
    revision,
    entries: own,
  }));
}

interface ShardContent {
  readonly entries: Iterable<LexiconEntry>;
  readonly buckets: readonly number[];
  readonly createdAt: string;
}
