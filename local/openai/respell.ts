/** Parts of a word that are said on their own: numbers, capitals in a row, a capitalised or a small part. */
const PARTS = /\d+|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}{2,}|\p{Lu}?\p{Ll}+|\p{Lu}/gu;
const VOWEL_GROUP = /[^aeiouy]*[aeiouy]+(?:[^aeiouy]+$|[^aeiouy](?=[^aeiouy]))?/gi;

const CAPITALS = /^\p{Lu}+$/u;

export interface Respelling {
  readonly alias: string;
  /** The rules that made it. */
  readonly reason: string;
}

/**
 * Respells a hard word by simple rules: capitals in a row are spelled, joined words are parted, other words are cut
 * after their vowels. It knows no word and no language; an alias worth having needs a person or a real model.
 */
export function respell(word: string): Respelling {
  const parts = word.match(PARTS) ?? [word];
  const reasons = new Set(parts.map(reasonOf));
  if (parts.length > 1) {
    reasons.add("joined words are said one by one");
  }
  return { alias: parts.map(respellPart).join(" "), reason: `${[...reasons].join("; ")}.` };
}

function respellPart(part: string): string {
  if (CAPITALS.test(part)) {
    return Array.from(part).join(" ");
  }
  const spoken = part.toLowerCase();
  return (spoken.match(VOWEL_GROUP) ?? [spoken]).join("-");
}

function reasonOf(part: string): string {
  if (CAPITALS.test(part)) {
    return "capitals are said letter by letter";
  }
  if (/^\d/.test(part)) {
    return "digits are said as a number";
  }
  return /\p{L}/u.test(part) ? "the word is cut into syllables" : "there is nothing to respell";
}
