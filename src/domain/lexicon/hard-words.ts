const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’&+.-]*[\p{L}\p{N}+]|\p{Lu}/gu;
const SENTENCE_END = /(?:^|[.!?…:]["'”’)]*\s+|\n\s*)["'“‘«(¿¡]*$/;

/** Why a word may be said wrong. */
export type Hardness = "acronym" | "mixed-case" | "letters-and-digits" | "name";

export interface HardWord {
  /** As first written. */
  readonly word: string;
  readonly hardness: Hardness;
}

/**
 * Words whose sound their spelling does not tell: acronyms, words with capitals or digits inside, and names, which are
 * words that begin with a capital within a sentence.
 *
 * @returns each word once, in order, at most `limit`.
 */
export function findHardWords(text: string, limit: number): readonly HardWord[] {
  const found = new Map<string, HardWord>();
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const hardness = found.has(word)
      ? undefined
      : hardnessOf(word, text.slice(Math.max(0, index - 8), index));
    if (hardness !== undefined) {
      found.set(word, { word, hardness });
    }
    if (found.size === limit) {
      break;
    }
  }
  return [...found.values()];
}

function hardnessOf(word: string, before: string): Hardness | undefined {
  if (/\p{L}/u.test(word) && /\p{N}/u.test(word)) {
    return "letters-and-digits";
  }
  if (/^(?:\p{Lu}[\p{M}.&]*){2,}s?$/u.test(word)) {
    return "acronym";
  }
  if (/\p{Ll}\p{M}*\p{Lu}/u.test(word)) {
    return "mixed-case";
  }
  return /^\p{Lu}\p{M}*(?:['’]\p{Lu})?\p{Ll}/u.test(word) && !SENTENCE_END.test(before) ? "name" : undefined;
}
