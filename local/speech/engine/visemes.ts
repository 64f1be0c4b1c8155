/**
 * The service's mouth poses and the IPA symbols that they stand for, its own first, neighbours of other languages after.
 *
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/how-to-speech-synthesis-viseme
 */
const SYMBOLS_OF_POSES: readonly string[] = [
  "",
  "æ ə ʌ ɐ ɘ ɵ",
  "ɑ a ɒ",
  "ɔ",
  "ɛ ʊ e œ ʏ",
  "ɝ ɜ ɚ",
  "j i ɪ ɨ ʝ",
  "w u ʉ ɯ y ɥ",
  "o ø ɤ",
  "aʊ",
  "ɔɪ ɔø",
  "aɪ",
  "h ɦ ħ",
  "ɹ r ɾ ɻ ʁ ʀ",
  "l ɫ ɬ ʎ ɭ",
  "s z ts dz",
  "ʃ tʃ dʒ ʒ ɕ ʑ tɕ ʂ ʐ ç",
  "ð",
  "f v ʋ pf",
  "d t n θ ɲ ʈ ɖ ɳ",
  "k g ɡ ŋ x ɣ χ q c ɟ ʔ",
  "p b m β ɸ",
];

const POSE_OF_SYMBOL: ReadonlyMap<string, number> = new Map(
  SYMBOLS_OF_POSES.flatMap((symbols, pose) =>
    symbols.split(" ").map((symbol): [string, number] => [symbol, pose]),
  ),
);

/** What a phone with a symbol outside the table looks like: a mouth that is half open. */
const NEUTRAL_POSE = 1;

/** @param phone in IPA, as eSpeak NG names it: with stress and length marks; empty for a pause. */
export function visemeOf(phone: string): number {
  const symbols = phone.replaceAll(/[ˈˌːˑ\s]/g, "");
  return (
    POSE_OF_SYMBOL.get(symbols) ??
    POSE_OF_SYMBOL.get(symbols.slice(0, 2)) ??
    POSE_OF_SYMBOL.get(symbols.slice(0, 1)) ??
    NEUTRAL_POSE
  );
}
