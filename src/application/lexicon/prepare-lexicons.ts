import { ServiceError } from "../../domain/errors/service-error.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import { compileMatcher, type Matcher } from "../../domain/lexicon/matcher.ts";
import { BoundedCache } from "./bounded-cache.ts";
import { DEFAULT_LEXICON, refKey } from "./lexicon-name.ts";
import type { LexiconReader } from "./lexicon-reader.ts";
import type { LexiconSnapshot } from "./lexicon-snapshot.ts";

/** The lexicons that one synthesis uses. */
export interface PreparedLexicons {
  /** Changes whenever an entry does: a part of cache keys. */
  readonly revisionKey: string;
  /** Of all these lexicons, also disabled ones and those of other locales. */
  readonly entries: readonly LexiconEntry[];
  /** Compiled once for each locale and revision. */
  readonly matcherFor: (locale: string) => Matcher;
}

/**
 * @param names the one to prefer first; none = no lexicon. A lexicon `default` that nobody has made yet is empty.
 * @throws {@link ServiceError} `lexicon-not-found`, `lexicon-busy` (retryable).
 */
export type PrepareLexicons = (
  ownerId: string,
  names: readonly string[],
  signal: AbortSignal,
) => Promise<PreparedLexicons>;

/** What the tables of a matcher take besides its entries, counted in entries. */
const MATCHER_COST = 1000;

/** @param maxCachedEntries over all compiled matchers. */
export function makePrepareLexicons(reader: LexiconReader, maxCachedEntries: number): PrepareLexicons {
  const matchers = new BoundedCache<Matcher>(maxCachedEntries);
  return async (ownerId, names, signal) => {
    const snapshots = await Promise.all(
      [...new Set(names)].map((name) => snapshotOf(reader, { ownerId, name }, signal)),
    );
    const revisions = snapshots.map(({ ref, revision }) => `${ref.name}@${revision}`);
    const owned = snapshots.map(({ ref, revision }) => `${refKey(ref)}@${revision}`).join(",");
    return {
      revisionKey: revisions.join(","),
      get entries() {
        return snapshots.flatMap((snapshot) => [...snapshot.entries.values()]);
      },
      matcherFor(locale) {
        const key = `${locale} ${owned}`;
        const cached = matchers.get(key);
        if (cached !== undefined) {
          return cached;
        }
        const matcher = compileMatcher(
          snapshots.map(({ entries }) => [...entries.values()]),
          locale,
        );
        matchers.set(key, matcher, matcher.entryCount + MATCHER_COST);
        return matcher;
      },
    };
  };
}

async function snapshotOf(
  reader: LexiconReader,
  ref: LexiconSnapshot["ref"],
  signal: AbortSignal,
): Promise<Pick<LexiconSnapshot, "ref" | "revision" | "entries">> {
  const current = await reader.current(ref, signal);
  if (current === undefined && ref.name !== DEFAULT_LEXICON) {
    throw new ServiceError("lexicon-not-found", `There is no lexicon ${ref.name}.`, {
      errors: [{ field: "lexicon", message: `names "${ref.name}", which does not exist` }],
    });
  }
  return current?.snapshot ?? { ref, revision: 0, entries: new Map() };
}
