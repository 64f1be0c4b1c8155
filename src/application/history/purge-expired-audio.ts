import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import { CACHE_PREFIX } from "../synthesis/synthesis-cache.ts";
import { HISTORY_PREFIX } from "./synthesis-record.ts";

export interface RetentionDays {
  readonly history: number;
  readonly cache: number;
}

/** Deletes the audio whose entries have expired. @returns how many blobs are gone. */
export type PurgeExpiredAudio = (signal: AbortSignal) => Promise<number>;

const DAY_MS = 86_400_000;
const PAGE_SIZE = 1_000;

export function makePurgeExpiredAudio(
  blobs: BlobStore,
  clock: Clock,
  retention: RetentionDays,
): PurgeExpiredAudio {
  const purge = async (prefix: string, days: number, signal: AbortSignal): Promise<number> => {
    const oldest = clock.now().getTime() - days * DAY_MS;
    let count = 0;
    let cursor: string | null = null;
    do {
      signal.throwIfAborted();
      const page = await blobs.list("audio", {
        prefix,
        limit: PAGE_SIZE,
        ...(cursor !== null && { cursor }),
      });
      for (const { name, lastModified } of page.items) {
        if (lastModified.getTime() < oldest) {
          await blobs.delete({ container: "audio", name });
          count++;
        }
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    return count;
  };
  return async (signal) =>
    (await purge(HISTORY_PREFIX, retention.history, signal)) +
    (await purge(CACHE_PREFIX, retention.cache, signal));
}
