import { ServiceError } from "../../domain/errors/service-error.ts";
import { isLostRace } from "../documents/lost-race.ts";
import type { Clock } from "../ports/clock.ts";
import {
  addUsage,
  NO_USAGE,
  type UsageCollection,
  type UsageCounts,
  type UsageRecord,
} from "./usage-record.ts";

/** Who used what. */
export interface UsageSubject {
  readonly ownerId: string;
  readonly voiceId: string;
}

interface Pending {
  counts: UsageCounts;
  readonly written: Promise<void>;
}

/** Other instances may write the same record at the same moment. */
const MAX_ATTEMPTS = 20;

/** Counts usage exactly: what comes while a record is being written is written together, after it. */
export class UsageRecorder {
  readonly #records: UsageCollection;
  readonly #clock: Clock;
  readonly #writing = new Map<string, Promise<void>>();
  readonly #pending = new Map<string, Pending>();

  constructor(records: UsageCollection, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Resolves when the counts are stored. @throws {@link ServiceError} `store-unavailable`. */
  async add(subject: UsageSubject, counts: UsageCounts): Promise<void> {
    const day = this.#clock.now().toISOString().slice(0, "2026-11-22".length);
    const id = `${day}_${subject.voiceId}`;
    const key = `${subject.ownerId} ${id}`;
    const pending = this.#pending.get(key);
    if (pending !== undefined) {
      pending.counts = addUsage(pending.counts, counts);
      return pending.written;
    }
    const write = async (): Promise<void> => {
      await this.#writing.get(key)?.catch(() => undefined);
      const all = this.#pending.get(key)?.counts ?? counts;
      this.#pending.delete(key);
      const writing = this.#write({ id, day, ...subject }, all);
      this.#writing.set(key, writing);
      try {
        await writing;
      } finally {
        if (this.#writing.get(key) === writing) {
          this.#writing.delete(key);
        }
      }
    };
    const written = Promise.resolve().then(write);
    this.#pending.set(key, { counts, written });
    return written;
  }

  async #write(
    { id, day, ownerId, voiceId }: UsageSubject & { readonly id: string; readonly day: string },
    counts: UsageCounts,
  ): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const current = await this.#records.read(ownerId, id);
      const createdAt = current?.createdAt ?? this.#clock.now().toISOString();
      const sums = addUsage(current ?? NO_USAGE, counts);
      const next = { id, partition: ownerId, createdAt, day, voiceId, ...sums };
      if (await this.#store(next, current?.etag)) {
        return;
      }
    }
    throw new ServiceError("store-unavailable", "The usage record changes faster than it can be written.");
  }

  /** @returns false when somebody else was quicker. */
  async #store(record: UsageRecord, etag: string | undefined): Promise<boolean> {
    try {
      await (etag === undefined ? this.#records.create(record) : this.#records.replace(record, etag));
      return true;
    } catch (error) {
      if (isLostRace(error)) {
        return false;
      }
      throw error;
    }
  }
}
