import { lookUp } from "./dictionary.ts";
import type { LanguageCode } from "./languages.ts";

export interface TranslationTask {
  readonly text: string;
  readonly isHtml: boolean;
  readonly from: LanguageCode;
  readonly to: LanguageCode;
}

const WORD = /\p{L}[\p{L}\p{M}'’-]*/gu;

/** In HTML: elements whose content is never translated, comments, tags and entities. */
const KEPT =
  /<(?<element>\w+)\b[^>]*(?:\btranslate\s*=\s*["']no["']|\bclass\s*=\s*["'][^"']*\bnotranslate\b)[^>]*>[\s\S]*?<\/\k<element>>|<!--[\s\S]*?-->|<[^>]*>|&[#\w]+;/gi;

/**
 * Translates what the dictionary holds. A text with a word it does not hold is marked with `[language]` in front, so
 * that nobody takes it for a translation. Numbers, punctuation and, in HTML, tags and kept elements stay as they are.
 */
export function translateText({ text, isHtml, from, to }: TranslationTask): string {
  if (from === to) {
    return text;
  }
  let isComplete = true;
  const translate = (part: string): string => {
    const result = translatePlain(part, from, to);
    isComplete &&= result.isComplete;
    return result.text;
  };
  const translated = isHtml ? mapTextNodes(text, translate) : translate(text);
  return isComplete ? translated : `[${to}] ${translated}`;
}

function translatePlain(
  text: string,
  from: LanguageCode,
  to: LanguageCode,
): { readonly text: string; readonly isComplete: boolean } {
  const [, before = "", phrase = "", after = ""] = /^([^\p{L}]*)(.*?)([^\p{L}]*)$/su.exec(text) ?? [];
  const whole = lookUp(phrase, from, to);
  if (whole !== undefined) {
    return { text: `${before}${whole}${after}`, isComplete: true };
  }
  let isComplete = true;
  const words = text.replace(WORD, (word) => {
    const translation = lookUp(word, from, to);
    isComplete &&= translation !== undefined;
    return translation ?? word;
  });
  return { text: words, isComplete };
}

function mapTextNodes(html: string, map: (text: string) => string): string {
  let end = 0;
  let result = "";
  for (const { 0: kept, index } of html.matchAll(KEPT)) {
    result += map(html.slice(end, index)) + kept;
    end = index + kept.length;
  }
  return result + map(html.slice(end));
}
