/** Parts of a word that are said on their own: numbers, capitals in a row, a capitalised or a small part. */
const PARTS = /\d+|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}{2,}|\p{Lu}?\p{Ll}+|\p{Lu}/gu;
const VOWEL_GROUP = /[^aeiouy]*[aeiouy]+(?:[^aeiouy]+$|[^aeiouy](?=[^aeiouy]))?/gi;

/**
 * Respells a hard word by simple rules: capitals in a row are spelled, joined words are parted, other words are cut
 * after their vowels. It knows no word and no language; an alias worth having needs a person or a real model.
 */
export function respell(word: string): string {
  const parts = word.match(PARTS) ?? [word];
  return parts.map(respellPart).join(" ");
}

function respellPart(part: string): string {
  if (/^\p{Lu}+$/u.test(part)) {
    return Array.from(part).join(" ");
  }
  const spoken = part.toLowerCase();
  return (spoken.match(VOWEL_GROUP) ?? [spoken]).join("-");
}
