import type { Pronunciation } from "./lexicon-entry.ts";
import { ANY_LOCALE } from "./locale.ts";
import { checkPhones } from "./phones/check-phones.ts";
import type { PhoneIssue } from "./phones/phone-issue.ts";
import { foldString } from "./text-folding.ts";
import { isWordBoundary } from "./word-boundaries.ts";

export const MAX_GRAPHEME_CHARACTERS = 200;
export const MAX_ALIAS_CHARACTERS = 1000;
export const MAX_PHONEME_CHARACTERS = 500;
export const MAX_NOTES_CHARACTERS = 1000;

export type LexemeProblemCode =
  | "grapheme-empty"
  | "grapheme-too-broad"
  | "too-long"
  | "character-not-allowed"
  | "pronunciation-missing"
  | "pronunciation-ambiguous"
  | "alphabet-unknown"
  | "locale-unknown"
  | "phoneme-invalid";

export type LexemeField = "grapheme" | "alias" | "phoneme" | "alphabet" | "locale" | "notes";

export interface LexemeProblem {
  readonly field: LexemeField;
  readonly code: LexemeProblemCode;
  /** What is wrong with the field, without its name. */
  readonly message: string;
}

/** What XML cannot carry, or a reader cannot see. */
const CONTROL = /[\p{Cc}\uFFFE\uFFFF]/u;
const CONTROL_IN_NOTES = /[^\P{Cc}\n\t]|[\uFFFE\uFFFF]/u;
const LONE_LETTER = /^[\p{L}\p{N}]\p{M}*$/u;
const LONGEST_QUOTE = 40;

/** @param grapheme trimmed. */
export function graphemeProblem(grapheme: string, wholeWord: boolean): LexemeProblem | undefined {
  if (foldString(grapheme, "exact").trim() === "") {
    return graphemeFault("grapheme-empty", "has no visible character");
  }
  if (/^\p{M}/u.test(grapheme)) {
    return graphemeFault("grapheme-too-broad", "begins with an accent that would go with any letter");
  }
  if (!wholeWord && LONE_LETTER.test(grapheme) && isPartOfLongerWords(grapheme)) {
    return graphemeFault("grapheme-too-broad", "is a single letter, which may only match as a whole word");
  }
  return textProblem("grapheme", grapheme, MAX_GRAPHEME_CHARACTERS);
}

/** @param locale canonical; by default only the alphabet is checked. */
export function pronunciationProblems(
  pronunciation: Pronunciation,
  locale: string = ANY_LOCALE,
): readonly LexemeProblem[] {
  if (pronunciation.kind === "alias") {
    const problem = textProblem("alias", pronunciation.alias, MAX_ALIAS_CHARACTERS);
    return problem ? [problem] : [];
  }
  const problem = textProblem("phoneme", pronunciation.phoneme, MAX_PHONEME_CHARACTERS);
  return problem
    ? [problem]
    : checkPhones(pronunciation, locale).map((issue) => ({
        field: "phoneme",
        code: "phoneme-invalid",
        message: describePhoneIssue(issue),
      }));
}

export function notesProblem(notes: string): LexemeProblem | undefined {
  return CONTROL_IN_NOTES.test(notes) || !notes.isWellFormed()
    ? { field: "notes", code: "character-not-allowed", message: "has a control character" }
    : lengthProblem("notes", notes, MAX_NOTES_CHARACTERS);
}

export function localeProblem(locale: string): LexemeProblem {
  const message = `"${locale.slice(0, LONGEST_QUOTE)}" is no known language; write for example de, de-AT or *`;
  return { field: "locale", code: "locale-unknown", message };
}

/** A sentence about one phone without its subject; the place counts from 1. */
export function describePhoneIssue(issue: PhoneIssue): string {
  const instead = issue.suggestion === undefined ? "" : `; the nearest legal one is "${issue.suggestion}"`;
  const phone = `has "${issue.phone}" at character ${issue.offset + 1}, which is`;
  switch (issue.problem) {
    case "not-in-alphabet":
      return `${phone} no symbol of the alphabet${instead}`;
    case "not-in-locale":
      return `${phone} no phone of the locale${instead}`;
    case "alphabet-not-in-locale":
      return "is in an alphabet that the voices of the locale do not take";
  }
}

function graphemeFault(code: LexemeProblemCode, message: string): LexemeProblem {
  return { field: "grapheme", code, message };
}

/** Not so in scripts without blanks, where each letter may be a word. */
function isPartOfLongerWords(letter: string): boolean {
  return !isWordBoundary(letter + letter, letter.length);
}

function textProblem(field: LexemeField, text: string, limit: number): LexemeProblem | undefined {
  return CONTROL.test(text) || !text.isWellFormed()
    ? { field, code: "character-not-allowed", message: "has a control character" }
    : lengthProblem(field, text, limit);
}

function lengthProblem(field: LexemeField, text: string, limit: number): LexemeProblem | undefined {
  return text.length <= limit
    ? undefined
    : { field, code: "too-long", message: `is longer than ${limit} characters` };
}
