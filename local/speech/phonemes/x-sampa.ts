/**
 * Symbols of X-SAMPA that are not the IPA symbol itself.
 *
 * @see https://www.phon.ucl.ac.uk/home/sampa/x-sampa.htm
 */
const IPA_BY_SYMBOL: Readonly<Record<string, string>> = {
  '"': "ˈ",
  "%": "ˌ",
  ":": "ː",
  ":\\": "ˑ",
  "-": "",
  _: "",
  ".": ".",
  "{": "æ",
  "}": "ʉ",
  "@": "ə",
  "@`": "ɚ",
  "@\\": "ɘ",
  "1": "ɨ",
  "2": "ø",
  "3": "ɜ",
  "3`": "ɝ",
  "3\\": "ɞ",
  "4": "ɾ",
  "5": "ɫ",
  "6": "ɐ",
  "7": "ɤ",
  "8": "ɵ",
  "9": "œ",
  "&": "ɶ",
  "?": "ʔ",
  "?\\": "ʕ",
  A: "ɑ",
  B: "β",
  C: "ç",
  D: "ð",
  E: "ɛ",
  F: "ɱ",
  G: "ɣ",
  "G\\": "ɢ",
  H: "ɥ",
  I: "ɪ",
  J: "ɲ",
  "J\\": "ɟ",
  K: "ɬ",
  L: "ʎ",
  M: "ɯ",
  N: "ŋ",
  "N\\": "ɴ",
  O: "ɔ",
  P: "ʋ",
  "v\\": "ʋ",
  Q: "ɒ",
  R: "ʁ",
  "R\\": "ʀ",
  S: "ʃ",
  T: "θ",
  U: "ʊ",
  V: "ʌ",
  W: "ʍ",
  X: "χ",
  "X\\": "ħ",
  Y: "ʏ",
  Z: "ʒ",
  "d`": "ɖ",
  "h\\": "ɦ",
  "j\\": "ʝ",
  "l`": "ɭ",
  "n`": "ɳ",
  "p\\": "ɸ",
  "r\\": "ɹ",
  "r\\`": "ɻ",
  "r`": "ɽ",
  "s`": "ʂ",
  "s\\": "ɕ",
  "t`": "ʈ",
  "z`": "ʐ",
  "z\\": "ʑ",
};

const LONGEST_SYMBOL = 3;

/** Symbols outside the table stay as they are: most letters mean the same in both alphabets. */
export function xSampaToIpa(transcription: string): string {
  let ipa = "";
  let index = 0;
  while (index < transcription.length) {
    const symbol = symbolAt(transcription, index);
    ipa += IPA_BY_SYMBOL[symbol] ?? symbol;
    index += symbol.length;
  }
  return ipa;
}

/** The longest known symbol, or else one character. */
function symbolAt(transcription: string, index: number): string {
  for (let length = LONGEST_SYMBOL; length > 1; length -= 1) {
    const candidate = transcription.slice(index, index + length);
    if (candidate.length === length && Object.hasOwn(IPA_BY_SYMBOL, candidate)) {
      return candidate;
    }
  }
  return transcription.charAt(index);
}
