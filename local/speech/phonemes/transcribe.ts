import { parseIpa } from "./parse-ipa.ts";
import { xSampaToIpa } from "./x-sampa.ts";

export type Transcription =
  | { readonly kind: "phones"; readonly phones: readonly string[] }
  | { readonly kind: "unknown-phone" }
  /** The service knows it, the stand-in does not. */
  | { readonly kind: "unsupported-alphabet" }
  | { readonly kind: "unknown-alphabet" };

const MICROSOFT_ALPHABETS: ReadonlySet<string> = new Set([
  "sapi",
  "x-sapi",
  "x-microsoft-sapi",
  "ups",
  "x-ups",
  "x-microsoft-ups",
]);

/** Reads the content of `ph`; without an alphabet it is IPA. */
export function transcribe(alphabet: string | undefined, transcription: string): Transcription {
  if (alphabet !== undefined && MICROSOFT_ALPHABETS.has(alphabet)) {
    return { kind: "unsupported-alphabet" };
  }
  if (alphabet === "x-sampa") {
    const ipa = xSampaToIpa(transcription);
    return known(ipa === undefined ? undefined : parseIpa(ipa));
  }
  return alphabet === undefined || alphabet === "ipa" || alphabet === "x-ipa"
    ? known(parseIpa(transcription))
    : { kind: "unknown-alphabet" };
}

function known(phones: readonly string[] | undefined): Transcription {
  return phones === undefined || phones.length === 0 ? { kind: "unknown-phone" } : { kind: "phones", phones };
}
