import type { Matcher } from "../../domain/lexicon/matcher.ts";

/** The words of a text that have a pronunciation of their own, each once. */
export function protectedTerms(text: string, matcher: Matcher): readonly string[] {
  return [...new Set(matcher.findAll(text).map(({ start, end }) => text.slice(start, end)))];
}
