import { ServiceError } from "../../domain/errors/service-error.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import type { Versioned } from "../ports/documents.ts";
import { BoundedCache } from "./bounded-cache.ts";
import { bucketOf, headId, type LexiconCollection, type LexiconHead, shardId } from "./lexicon-documents.ts";
import { type LexiconRef, refKey } from "./lexicon-name.ts";
import { LexiconSnapshot } from "./lexicon-snapshot.ts";

export interface CurrentLexicon {
  readonly head: Versioned<LexiconHead>;
  readonly snapshot: LexiconSnapshot;
}

/** How often a lexicon may change while it is being read. */
const MAX_ATTEMPTS = 5;
const SHARDS_PER_PAGE = 100;
const MAX_LEXICONS = 100;

/**
 * Reads lexicons. What was read once is kept: as long as the revision in the head stays the same, a lexicon costs one
 * read. However many callers want a revision at once, it is loaded once.
 */
export class LexiconReader {
  readonly #collection: LexiconCollection;
  /** The last revision of each lexicon. */
  readonly #snapshots: BoundedCache<LexiconSnapshot>;
  readonly #loading = new Map<string, Promise<LexiconSnapshot | undefined>>();

  constructor(collection: LexiconCollection, maxCachedEntries: number) {
    this.#collection = collection;
    this.#snapshots = new BoundedCache(maxCachedEntries);
  }

  /** @returns undefined when the owner has no such lexicon. */
  async head(ref: LexiconRef, signal?: AbortSignal): Promise<Versioned<LexiconHead> | undefined> {
    const document = await this.#collection.read(ref.ownerId, headId(ref.name), signal);
    return document?.kind === "head" ? document : undefined;
  }

  /** The owner's lexicons, oldest first. */
  async heads(ownerId: string, signal?: AbortSignal): Promise<readonly Versioned<LexiconHead>[]> {
    const { items } = await this.#collection.query(
      {
        partition: ownerId,
        equals: { kind: "head" },
        orderBy: { field: "createdAt", direction: "ascending" },
        limit: MAX_LEXICONS,
      },
      signal,
    );
    return items.filter((document) => document.kind === "head");
  }

  /** @throws {@link ServiceError} `lexicon-busy` when it changes faster than it can be read. */
  async current(ref: LexiconRef, signal?: AbortSignal): Promise<CurrentLexicon | undefined> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const head = await this.head(ref, signal);
      const snapshot = head && (await this.#snapshotOf(ref, head));
      if (head === undefined || snapshot !== undefined) {
        return head && snapshot && { head, snapshot };
      }
    }
    throw new ServiceError("lexicon-busy", `The lexicon ${ref.name} changes while it is read.`);
  }

  /** Finds one entry without loading its lexicon. */
  async entry(head: LexiconHead, entryId: string, signal?: AbortSignal): Promise<LexiconEntry | undefined> {
    const cached = this.#cached(head);
    if (cached) {
      return cached.entries.get(entryId);
    }
    const id = shardId(head.name, head.generation, bucketOf(entryId, head.bucketCount));
    const shard = await this.#collection.read(head.partition, id, signal);
    return shard?.kind === "shard" ? shard.entries.find((entry) => entry.id === entryId) : undefined;
  }

  remember(snapshot: LexiconSnapshot): void {
    this.#snapshots.set(refKey(snapshot.ref), snapshot, snapshot.entries.size + 1);
  }

  #cached(head: LexiconHead): LexiconSnapshot | undefined {
    const snapshot = this.#snapshots.get(refKey({ ownerId: head.partition, name: head.name }));
    return snapshot?.revision === head.revision ? snapshot : undefined;
  }

  async #snapshotOf(ref: LexiconRef, head: LexiconHead): Promise<LexiconSnapshot | undefined> {
    const cached = this.#cached(head);
    if (cached) {
      return cached;
    }
    const key = `${refKey(ref)}@${head.revision}`;
    const loading = this.#loading.get(key) ?? this.#load(ref, head);
    this.#loading.set(key, loading);
    try {
      return await loading;
    } finally {
      this.#loading.delete(key);
    }
  }

  /** @returns undefined when the lexicon has changed meanwhile: a shard is newer than the head, or gone. */
  async #load(ref: LexiconRef, head: LexiconHead): Promise<LexiconSnapshot | undefined> {
    const entries = new Map<string, LexiconEntry>();
    let shardCount = 0;
    let cursor: string | null = null;
    do {
      const page = await this.#collection.query({
        partition: ref.ownerId,
        equals: { kind: "shard", lexicon: ref.name, generation: head.generation },
        limit: SHARDS_PER_PAGE,
        ...(cursor !== null && { cursor }),
      });
      for (const shard of page.items) {
        if (shard.kind !== "shard" || shard.revision > head.revision) {
          return undefined;
        }
        shardCount += 1;
        for (const entry of shard.entries) {
          entries.set(entry.id, entry);
        }
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    if (head.revision > 0 && shardCount !== head.bucketCount) {
      return undefined;
    }
    const snapshot = new LexiconSnapshot(ref, head.revision, entries);
    this.remember(snapshot);
    return snapshot;
  }
}
