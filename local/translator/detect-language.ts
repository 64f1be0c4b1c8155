import { countKnownWords } from "./dictionary.ts";
import type { LanguageCode } from "./languages.ts";

export interface DetectedLanguage {
  readonly language: LanguageCode;
  /** 0..1. */
  readonly score: number;
}

/** Scripts that tell a language, the more special ones first. */
const SCRIPTS: readonly (readonly [RegExp, LanguageCode])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Han}/u, "zh-Hans"],
  [/[іїєґ]/iu, "uk"],
  [/\p{Script=Cyrillic}/u, "ru"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Devanagari}/u, "hi"],
  [/\p{Script=Thai}/u, "th"],
];

/** Letters that few languages with Latin script have. */
const LETTERS: readonly (readonly [RegExp, LanguageCode])[] = [
  [/ß|[äöü].*[äöü]/iu, "de"],
  [/[ñ¿¡]/iu, "es"],
  [/[ãõ]/iu, "pt"],
  [/[ğış]/iu, "tr"],
  [/[ąęłśż]/iu, "pl"],
  [/[ěřů]/iu, "cs"],
  [/[çèêœ]/iu, "fr"],
];

const CERTAIN = 1;
const LIKELY = 0.8;
const GUESSED = 0.3;

/** Tells a language by its script, the words of the dictionary, or special letters; otherwise it guesses English. */
export function detectLanguage(text: string): DetectedLanguage {
  const byScript = SCRIPTS.find(([script]) => script.test(text));
  if (byScript !== undefined) {
    return { language: byScript[1], score: CERTAIN };
  }
  const words = text.match(/[\p{L}'’]+/gu) ?? [];
  const [best] = [...countKnownWords(words)].toSorted((a, b) => b[1] - a[1]);
  if (best !== undefined && best[1] > 0) {
    const share = best[1] / words.length;
    return { language: best[0], score: Math.round((LIKELY + share * (CERTAIN - LIKELY)) * 100) / 100 };
  }
  const byLetter = LETTERS.find(([letters]) => letters.test(text));
  return byLetter === undefined
    ? { language: "en", score: GUESSED }
    : { language: byLetter[1], score: LIKELY };
}
