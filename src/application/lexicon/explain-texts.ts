import type { Alphabet } from "../../domain/lexicon/alphabet.ts";
import { applyLexicon, type NotAppliedReason } from "../../domain/lexicon/apply-lexicon.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import { ANY_LOCALE } from "../../domain/lexicon/locale.ts";
import { compileMatcher, isInUse } from "../../domain/lexicon/matcher.ts";
import { checkPhones } from "../../domain/lexicon/phones/check-phones.ts";
import type { PhoneIssue } from "../../domain/lexicon/phones/phone-issue.ts";
import { sourceSpan } from "../../domain/speech/ssml/source-map.ts";
import type { SsmlText } from "../../domain/speech/ssml/ssml-tree.ts";
import type { PreparedLexicons } from "./prepare-lexicons.ts";

/** One entry at one place. Offsets are UTF-16 units of the text or SSML as sent, end exclusive. */
export interface ExplainedMatch {
  readonly entry: LexiconEntry;
  readonly start: number;
  readonly end: number;
  /** Undefined when the entry is spoken. */
  readonly reason: NotAppliedReason | "disabled" | "locale-differs" | undefined;
  /** What is wrong with its phones in the locale. */
  readonly phoneIssues: readonly PhoneIssue[];
}

export interface ExplainScene {
  readonly lexicons: PreparedLexicons;
  readonly locale: string;
  readonly alphabets: ReadonlySet<Alphabet>;
}

/** Which entries match where, also those that a synthesis would not even look at, and why. */
export function explainTexts(
  texts: readonly SsmlText[],
  { lexicons, locale, alphabets }: ExplainScene,
): readonly ExplainedMatch[] {
  const matcher = lexicons.matcherFor(locale);
  const unused = new Map(
    lexicons.entries.filter((entry) => !isInUse(entry, locale)).map((entry) => [entry.id, entry]),
  );
  const unusedMatcher = compileMatcher(
    [Array.from(unused.values(), (entry) => ({ ...entry, enabled: true, locale: ANY_LOCALE }))],
    locale,
  );
  const matches = texts.flatMap(({ text, source }) => {
    const place = (start: number, end: number) => {
      const { offset, length } = sourceSpan(source, start, end);
      return { start: offset, end: offset + length };
    };
    const used = applyLexicon(text, matcher, { alphabets }).occurrences.map(
      ({ entry, start, end, reason }): ExplainedMatch => ({
        entry,
        ...place(start, end),
        reason,
        phoneIssues: phoneIssuesOf(entry, locale),
      }),
    );
    const ignored = unusedMatcher.findAll(text).flatMap(({ start, end, candidates }) =>
      candidates.flatMap(({ id }): readonly ExplainedMatch[] => {
        const entry = unused.get(id);
        return entry === undefined
          ? []
          : [
              {
                entry,
                ...place(start, end),
                reason: entry.enabled ? "locale-differs" : "disabled",
                phoneIssues: [],
              },
            ];
      }),
    );
    return [...used, ...ignored];
  });
  return matches.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function phoneIssuesOf({ pronunciation }: LexiconEntry, locale: string): readonly PhoneIssue[] {
  return pronunciation.kind === "phoneme" ? checkPhones(pronunciation, locale) : [];
}
