import { ipaOfXSampa, xSampaSymbolAt } from "../../../src/domain/lexicon/phones/x-sampa.ts";

/** @returns undefined when something in it is no X-SAMPA; blanks mean nothing, and separators are none. */
export function xSampaToIpa(transcription: string): string | undefined {
  let ipa = "";
  for (let offset = 0; offset < transcription.length;) {
    const symbol = xSampaSymbolAt(transcription, offset);
    if (symbol === undefined && !/\s/.test(transcription.charAt(offset))) {
      return undefined;
    }
    ipa += symbol === undefined ? "" : (ipaOfXSampa(symbol) ?? "");
    offset += symbol?.length ?? 1;
  }
  return ipa;
}
