import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { DocumentChange, Versioned } from "../ports/documents.ts";
import type { Ids } from "../ports/ids.ts";
import { isLostRace } from "../documents/lost-race.ts";
import { deleteShards } from "./delete-shards.ts";
import { KeyedQueue } from "./keyed-queue.ts";
import {
  bucketOf,
  headId,
  type LexiconCollection,
  type LexiconDocument,
  type LexiconHead,
  type LexiconShard,
  type ShardSet,
  shardsOf,
} from "./lexicon-documents.ts";
import type { LexiconLimits } from "./lexicon-limits.ts";
import { type LexiconRef, refKey } from "./lexicon-name.ts";
import type { CurrentLexicon, LexiconReader } from "./lexicon-reader.ts";
import { type LexiconChange, LexiconSnapshot } from "./lexicon-snapshot.ts";
import { inBatches } from "./shard-batches.ts";

export interface LexiconWriterParts {
  readonly collection: LexiconCollection;
  readonly reader: LexiconReader;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits: Pick<LexiconLimits, "maxEntriesPerLexicon" | "entriesPerShard">;
}

/** Decides, on one revision of the lexicon, what to change; it may be asked again on a newer one. */
export type PlanChange<R> = (snapshot: LexiconSnapshot) => {
  readonly change: LexiconChange;
  readonly result: R;
};

export interface ChangeOutcome<R> {
  readonly revision: number;
  readonly result: R;
}

const MAX_ATTEMPTS = 8;
/** An upload that has not ended by then has died. */
const PENDING_LIFETIME_MS = 15 * 60 * 1000;

/**
 * Changes lexicons, each change wholly or not at all.
 *
 * What fits into one transaction is written with the head. What does not is written as a new set of shards beside the
 * one in use; replacing the head, if its revision is still the same, brings it into use. Readers see either set, whole.
 */
export class LexiconWriter {
  readonly #parts: LexiconWriterParts;
  readonly #queue = new KeyedQueue();

  constructor(parts: LexiconWriterParts) {
    this.#parts = parts;
  }

  /**
   * @throws {@link ServiceError} `lexicon-full`, `lexicon-busy` (retryable) when others change it all the time, and what
   * the plan throws.
   */
  change<R>(ref: LexiconRef, plan: PlanChange<R>, signal?: AbortSignal): Promise<ChangeOutcome<R>> {
    return this.#queue.run(refKey(ref), async () => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const current = await this.#parts.reader.current(ref, signal);
        const before = current?.snapshot ?? new LexiconSnapshot(ref, 0, new Map());
        const { change, result } = plan(before);
        if (change.put.length + change.remove.length === 0) {
          return { revision: before.revision, result };
        }
        const after = before.after(change);
        if (await this.#commit(current, { after, change, signal })) {
          this.#parts.reader.remember(after);
          return { revision: after.revision, result };
        }
      }
      throw new ServiceError("lexicon-busy", `The lexicon ${ref.name} is being changed by others.`);
    });
  }

  /** @returns false when somebody else was quicker. */
  async #commit(current: CurrentLexicon | undefined, step: Step): Promise<boolean> {
    const limit = this.#parts.limits.maxEntriesPerLexicon;
    if (step.after.entries.size > limit) {
      throw new ServiceError("lexicon-full", `A lexicon holds at most ${limit} entries.`, {
        details: { limit },
      });
    }
    const layout = this.#layout(current?.head, step);
    const head = this.#headAfter(current?.head, step, layout);
    const batches = inBatches(layout.shards);
    try {
      await this.#cleanUp(step.after.ref, this.#leftovers(current?.head));
      const [only = []] = batches;
      if (batches.length <= 1) {
        await this.#apply(step.after.ref, [headChange(head, current?.head.etag), ...only.map(upsert)]);
        await this.#removeRetired(step.after.ref, head.retired);
        return true;
      }
      return await this.#stage(head, batches, step);
    } catch (error) {
      if (isLostRace(error)) {
        return false;
      }
      throw error;
    }
  }

  /** Which shards the change writes: those it touches, or all of a new set when the lexicon has outgrown its own. */
  #layout(head: LexiconHead | undefined, { after, change }: Step): Layout {
    const createdAt = this.#parts.clock.now().toISOString();
    const size = after.entries.size;
    const { entriesPerShard } = this.#parts.limits;
    if (head !== undefined && head.revision > 0 && size <= head.bucketCount * entriesPerShard * 2) {
      const ids = [...change.remove, ...change.put.map(({ id }) => id)];
      const buckets = [...new Set(ids.map((id) => bucketOf(id, head.bucketCount)))];
      const set = { generation: head.generation, bucketCount: head.bucketCount };
      const shards = shardsOf(
        after.ref,
        { ...set, revision: after.revision },
        { entries: after.entries.values(), buckets, createdAt },
      );
      if (inBatches(shards).length === 1) {
        return { set, shards, replaced: [] };
      }
    }
    const bucketCount = 2 ** Math.ceil(Math.log2(Math.max(1, size / entriesPerShard)));
    const set = { generation: this.#parts.ids.uuid(), bucketCount };
    const buckets = Array.from({ length: bucketCount }, (_, bucket) => bucket);
    const shards = shardsOf(
      after.ref,
      { ...set, revision: after.revision },
      { entries: after.entries.values(), buckets, createdAt },
    );
    return { set, shards, replaced: head === undefined || head.revision === 0 ? [] : [setOf(head)] };
  }

  #headAfter(head: LexiconHead | undefined, { after }: Step, { set, replaced }: Layout): LexiconHead {
    const now = this.#parts.clock.now().toISOString();
    return {
      id: headId(after.ref.name),
      partition: after.ref.ownerId,
      createdAt: head?.createdAt ?? now,
      kind: "head",
      name: after.ref.name,
      ...set,
      revision: after.revision,
      entryCount: after.entries.size,
      updatedAt: now,
      pending: this.#livePending(head),
      retired: replaced,
    };
  }

  /**
   * Writes a set of shards beside the one in use, and then brings it into use. When the head cannot be written nobody knows
   * whether it was: the shards stay, and if the head does not name them the next change cleans up after their lifetime.
   */
  async #stage(
    next: LexiconHead,
    batches: readonly (readonly LexiconShard[])[],
    step: Step,
  ): Promise<boolean> {
    const { ref } = step.after;
    const mine = { ...setOf(next), startedAt: next.updatedAt };
    await this.#announce(next, mine);
    const head = await this.#writeBeside(mine, batches, step);
    const pending = head.pending.filter(({ generation }) => generation !== mine.generation);
    await this.#apply(ref, [headChange({ ...next, pending }, head.etag)]);
    await this.#removeRetired(ref, next.retired);
    return true;
  }

  /** @returns the head, which is as it was. */
  async #writeBeside(
    mine: ShardSet,
    batches: readonly (readonly LexiconShard[])[],
    { after, signal }: Step,
  ): Promise<Versioned<LexiconHead>> {
    try {
      for (const batch of batches) {
        signal?.throwIfAborted();
        await this.#apply(after.ref, batch.map(upsert));
      }
      const head = await this.#parts.reader.head(after.ref);
      if (head === undefined || head.revision !== after.revision - 1) {
        throw new ServiceError("precondition-failed", "The lexicon has changed during the upload.");
      }
      return head;
    } catch (error) {
      await this.#cleanUp(after.ref, [mine]).catch(() => undefined); // the next change cleans up
      throw error;
    }
  }

  /** Writes down which shards are coming, so that they are found if this process dies. */
  async #announce(next: LexiconHead, mine: ShardSet & { readonly startedAt: string }): Promise<void> {
    const ref = { ownerId: next.partition, name: next.name };
    const head = await this.#parts.reader.head(ref);
    const announced: LexiconHead =
      head === undefined
        ? { ...next, generation: "", bucketCount: 1, revision: 0, entryCount: 0, pending: [mine] }
        : { ...head, pending: [...this.#livePending(head), mine] };
    await this.#apply(ref, [headChange(announced, head?.etag)]);
  }

  #livePending(head: LexiconHead | undefined): LexiconHead["pending"] {
    return head?.pending.filter((set) => !this.#hasDied(set)) ?? [];
  }

  #leftovers(head: LexiconHead | undefined): readonly ShardSet[] {
    return head === undefined ? [] : [...head.retired, ...head.pending.filter((set) => this.#hasDied(set))];
  }

  #hasDied({ startedAt }: { readonly startedAt: string }): boolean {
    return this.#parts.clock.now().getTime() - Date.parse(startedAt) > PENDING_LIFETIME_MS;
  }

  /** After the change, which stands: what fails here is left to the next change. */
  async #removeRetired(ref: LexiconRef, retired: readonly ShardSet[]): Promise<void> {
    if (retired.length === 0) {
      return;
    }
    try {
      await this.#cleanUp(ref, retired);
      const head = await this.#parts.reader.head(ref);
      const gone = new Set(retired.map(({ generation }) => generation));
      if (head?.retired.some(({ generation }) => gone.has(generation)) === true) {
        const left = head.retired.filter(({ generation }) => !gone.has(generation));
        await this.#apply(ref, [headChange({ ...head, retired: left }, head.etag)]);
      }
    } catch {
      // The head still names them, and the next change cleans up.
    }
  }

  async #cleanUp(ref: LexiconRef, sets: readonly ShardSet[]): Promise<void> {
    await deleteShards(this.#parts.collection, ref, sets);
  }

  #apply({ ownerId }: LexiconRef, changes: readonly DocumentChange<LexiconDocument>[]): Promise<void> {
    return this.#parts.collection.applyAll(ownerId, changes);
  }
}

interface Step {
  readonly after: LexiconSnapshot;
  readonly change: LexiconChange;
  readonly signal: AbortSignal | undefined;
}

interface Layout {
  readonly set: ShardSet;
  readonly shards: readonly LexiconShard[];
  readonly replaced: readonly ShardSet[];
}

function setOf({ generation, bucketCount }: ShardSet): ShardSet {
  return { generation, bucketCount };
}

function upsert(document: LexiconShard): DocumentChange<LexiconDocument> {
  return { kind: "upsert", document };
}

function headChange(document: LexiconHead, etag: string | undefined): DocumentChange<LexiconDocument> {
  return etag === undefined ? { kind: "create", document } : { kind: "replace", document, etag };
}
