import type { Alphabet } from "./alphabet.ts";
import type { LexiconEntry } from "./lexicon-entry.ts";
import type { Matcher } from "./matcher.ts";
import { phonesAreLegal } from "./phones/check-phones.ts";

/** What the voice that will speak understands. */
export interface PronunciationCapabilities {
  /** Alphabets of `<phoneme>` that it obeys; none for a voice that ignores phonemes. */
  readonly alphabets: ReadonlySet<Alphabet>;
}

/** A stretch of the text: offsets are UTF-16 units of the text as given, end exclusive. */
export type LexiconSegment =
  | { readonly kind: "text"; readonly start: number; readonly end: number }
  | { readonly kind: "sub"; readonly start: number; readonly end: number; readonly alias: string }
  | {
      readonly kind: "phoneme";
      readonly start: number;
      readonly end: number;
      readonly alphabet: Alphabet;
      readonly phoneme: string;
    };

/**
 * Why an entry that matches is not spoken: the voice obeys no phonemes or not this alphabet, the phones do not exist in the
 * locale, or another entry for the same words is preferred.
 */
export type NotAppliedReason =
  | "phonemes-unsupported"
  | "alphabet-unsupported"
  | "phoneme-invalid"
  | "preferred-other";

/** One entry at one place of the text. */
export interface Occurrence {
  readonly entry: LexiconEntry;
  readonly start: number;
  readonly end: number;
  /** Undefined when the entry is spoken here. */
  readonly reason?: NotAppliedReason;
}

export interface LexiconApplication {
  /** Cover the whole text, in order. */
  readonly segments: readonly LexiconSegment[];
  readonly occurrences: readonly Occurrence[];
}

/** Divides a text into what is spoken as written and what has a pronunciation of its own. An alias is not looked up again. */
export function applyLexicon(
  text: string,
  matcher: Matcher,
  capabilities: PronunciationCapabilities,
): LexiconApplication {
  const segments: LexiconSegment[] = [];
  const occurrences: Occurrence[] = [];
  let spokenUntil = 0;
  for (const { start, end, candidates } of matcher.findAll(text)) {
    const refusals = candidates.map((entry) => refusalOf(entry, matcher.locale, capabilities));
    const chosen = refusals.indexOf(undefined);
    for (const [index, entry] of candidates.entries()) {
      const reason = refusals[index] ?? (index === chosen ? undefined : "preferred-other");
      occurrences.push({ entry, start, end, ...(reason && { reason }) });
    }
    const entry = candidates[chosen];
    if (entry) {
      segments.push(...textBetween(spokenUntil, start), segmentOf(entry, start, end));
      spokenUntil = end;
    }
  }
  segments.push(...textBetween(spokenUntil, text.length));
  return { segments, occurrences };
}

function refusalOf(
  { pronunciation }: LexiconEntry,
  locale: string,
  { alphabets }: PronunciationCapabilities,
): NotAppliedReason | undefined {
  if (pronunciation.kind === "alias") {
    return undefined;
  }
  if (alphabets.size === 0) {
    return "phonemes-unsupported";
  }
  if (!alphabets.has(pronunciation.alphabet)) {
    return "alphabet-unsupported";
  }
  return phonesAreLegal(pronunciation, locale) ? undefined : "phoneme-invalid";
}

function segmentOf({ pronunciation }: LexiconEntry, start: number, end: number): LexiconSegment {
  return pronunciation.kind === "alias"
    ? { kind: "sub", start, end, alias: pronunciation.alias }
    : { kind: "phoneme", start, end, alphabet: pronunciation.alphabet, phoneme: pronunciation.phoneme };
}

function textBetween(start: number, end: number): readonly LexiconSegment[] {
  return start < end ? [{ kind: "text", start, end }] : [];
}
