export interface LexiconLimits {
  readonly maxEntriesPerLexicon: number;
  /** Of one upload. */
  readonly maxRows: number;
  /** A shard is rewritten for each edit in it; it may grow to twice this before its lexicon is divided anew. */
  readonly entriesPerShard: number;
  /** What one process remembers of all lexicons, and as much again for compiled matchers. */
  readonly maxCachedEntries: number;
}

/** A shard has about 30 KB; the caches take about 150 MB at most. */
export const LEXICON_LIMITS: LexiconLimits = {
  maxEntriesPerLexicon: 100_000,
  maxRows: 50_000,
  entriesPerShard: 128,
  maxCachedEntries: 200_000,
};
