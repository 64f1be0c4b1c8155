import { ALPHABETS, canonicalAlphabet } from "./alphabet.ts";
import {
  graphemeProblem,
  type LexemeProblem,
  localeProblem,
  notesProblem,
  pronunciationProblems,
} from "./lexeme-problems.ts";
import type { Lexeme, Pronunciation } from "./lexicon-entry.ts";
import { ANY_LOCALE, canonicalLocale } from "./locale.ts";
import { decomposedIpa } from "./phones/ipa-symbols.ts";

/** A lexeme as somebody wrote it. Default: every locale, any case, whole words, enabled, phonemes in IPA. */
export interface LexemeDraft {
  readonly grapheme: string;
  readonly alias?: string | undefined;
  readonly phoneme?: string | undefined;
  readonly alphabet?: string | undefined;
  readonly locale?: string | undefined;
  readonly caseSensitive?: boolean | undefined;
  readonly wholeWord?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  readonly notes?: string | undefined;
}

export type LexemeReading =
  | { readonly kind: "lexeme"; readonly lexeme: Lexeme }
  | { readonly kind: "problems"; readonly problems: readonly LexemeProblem[] };

/** Checks a draft and fills in what it leaves out. */
export function readLexeme(draft: LexemeDraft): LexemeReading {
  const locale = canonicalLocale(draft.locale ?? ANY_LOCALE);
  const grapheme = draft.grapheme.trim();
  const spoken = readPronunciation(draft);
  const problems = [
    graphemeProblem(grapheme, draft.wholeWord ?? true),
    locale === undefined ? localeProblem(draft.locale ?? "") : undefined,
    ...("problem" in spoken ? [spoken.problem] : pronunciationProblems(spoken.pronunciation, locale)),
    notesProblem(draft.notes ?? ""),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0 || locale === undefined || "problem" in spoken) {
    return { kind: "problems", problems };
  }
  return {
    kind: "lexeme",
    lexeme: { ...flagsOf(draft), grapheme, pronunciation: spoken.pronunciation, locale },
  };
}

function flagsOf({ caseSensitive = false, wholeWord = true, enabled = true, notes = "" }: LexemeDraft) {
  return { caseSensitive, wholeWord, enabled, notes };
}

function readPronunciation(
  draft: LexemeDraft,
): { readonly pronunciation: Pronunciation } | { readonly problem: LexemeProblem } {
  const alias = (draft.alias ?? "").trim();
  const phoneme = (draft.phoneme ?? "").trim();
  if (alias !== "" && phoneme !== "") {
    const message = "and phoneme are both given; give one of them";
    return { problem: { field: "alias", code: "pronunciation-ambiguous", message } };
  }
  if (alias !== "") {
    return { pronunciation: { kind: "alias", alias } };
  }
  return phoneme === ""
    ? {
        problem: {
          field: "alias",
          code: "pronunciation-missing",
          message: "and phoneme are both missing; give one of them",
        },
      }
    : readPhoneme(phoneme, draft.alphabet);
}

function readPhoneme(
  phoneme: string,
  alphabetName = "",
): { readonly pronunciation: Pronunciation } | { readonly problem: LexemeProblem } {
  const alphabet = alphabetName === "" ? "ipa" : canonicalAlphabet(alphabetName);
  if (alphabet === undefined) {
    const message = `is none of ${ALPHABETS.join(", ")}`;
    return { problem: { field: "alphabet", code: "alphabet-unknown", message } };
  }
  const written = alphabet === "ipa" ? decomposedIpa(phoneme) : phoneme;
  return { pronunciation: { kind: "phoneme", alphabet, phoneme: written } };
}
