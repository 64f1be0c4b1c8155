import type { DocumentCollection, StoredDocument } from "../ports/documents.ts";

/** What one principal had one voice speak on one day. It holds no text and no id of a synthesis. */
export interface UsageRecord extends StoredDocument {
  /** UTC, `2026-11-22`. */
  readonly day: string;
  readonly voiceId: string;
  readonly requests: number;
  readonly characters: number;
  readonly charactersBilled: number;
  readonly durationMs: number;
  readonly cacheHits: number;
  /** In the currency of the price table, as estimated on that day. */
  readonly cost: number;
}

export type UsageCollection = DocumentCollection<UsageRecord>;

/** The numbers of a {@link UsageRecord}. */
export type UsageCounts = Pick<
  UsageRecord,
  "requests" | "characters" | "charactersBilled" | "durationMs" | "cacheHits" | "cost"
>;

export const NO_USAGE: UsageCounts = {
  requests: 0,
  characters: 0,
  charactersBilled: 0,
  durationMs: 0,
  cacheHits: 0,
  cost: 0,
};

export function addUsage(a: UsageCounts, b: UsageCounts): UsageCounts {
  return {
    requests: a.requests + b.requests,
    characters: a.characters + b.characters,
    charactersBilled: a.charactersBilled + b.charactersBilled,
    durationMs: a.durationMs + b.durationMs,
    cacheHits: a.cacheHits + b.cacheHits,
    cost: Math.round((a.cost + b.cost) * 1_000_000) / 1_000_000,
  };
}
