/** How phones are written. */
export const ALPHABETS = ["ipa", "x-sampa", "ups", "sapi"] as const;
export type Alphabet = (typeof ALPHABETS)[number];

/** What SSML and PLS files of Microsoft's tools call them besides. */
const OTHER_NAMES: Readonly<Record<string, Alphabet>> = {
  "x-ipa": "ipa",
  "x-sapi": "sapi",
  "x-microsoft-sapi": "sapi",
  "x-ups": "ups",
  "x-microsoft-ups": "ups",
};

/** @returns undefined for a name of no alphabet. */
export function canonicalAlphabet(name: string): Alphabet | undefined {
  return ALPHABETS.find((alphabet) => alphabet === name) ?? OTHER_NAMES[name];
}
