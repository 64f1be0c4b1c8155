import { espeakNamesOf } from "./ipa-phones.ts";

/** Stress and length, which change how a phone is spoken. */
const SUPRASEGMENTALS = /[ˈˌː]/;
/** Marks without a counterpart in the stand-in's voices: half-long, syllable and group breaks, links, tones, diacritics. */
const SILENT_MARKS = /[ˑ.‿|‖ʰʱʲʷˠˤ˞ⁿˡʼ˥˦˧˨˩ꜛꜜ↓↑→↗↘'’\s\p{Mn}]/u;

/**
 * Splits a transcription into phones, each with its stress mark before and its length mark after as items of their own.
 *
 * @returns undefined when something in it is no phone of the IPA.
 */
export function parseIpa(transcription: string): readonly string[] | undefined {
  const decomposed = transcription.normalize("NFD").replaceAll("c\u0327", "ç");
  const characters = Array.from(decomposed).filter((symbol) => !SILENT_MARKS.test(symbol));
  const phones: string[] = [];
  let index = 0;
  while (index < characters.length) {
    const one = characters[index] ?? "";
    const two = one + (characters[index + 1] ?? "");
    if (two !== one && espeakNamesOf(two) !== undefined) {
      phones.push(two);
      index += 2;
    } else if (SUPRASEGMENTALS.test(one) || espeakNamesOf(one) !== undefined) {
      phones.push(one);
      index += 1;
    } else {
      return undefined;
    }
  }
  return phones;
}
