import { compare } from "../harness/compare.ts";
import type { Scenario } from "../harness/scenario.ts";
import { SaxesSsmlParser } from "../../src/adapters/ssml/saxes-ssml-parser.ts";
import { checkSsml } from "../../src/domain/speech/ssml/check-ssml.ts";

const SENTENCE =
  "<p><s>The <emphasis>old</emphasis> library<break time='200ms'/> opens at " +
  "<say-as interpret-as='time'>9:00</say-as> &amp; closes.</s></p>";

/** Documents up to the largest that the service takes: the time grows with the size. */
export const ssml: Scenario = {
  name: "ssml",
  run: () => {
    const parser = new SaxesSsmlParser();
    const parsing = (sizeBytes: number) => {
      const document = documentOf(sizeBytes);
      return async () => {
        const startedMs = performance.now();
        checkSsml(parser.parse(document));
        return { "parse and check": performance.now() - startedMs };
      };
    };
    return compare({
      contenders: [
        { name: "6 KB", run: parsing(6_000) },
        { name: "60 KB", run: parsing(60_000) },
      ],
      rounds: { warmUp: 10, rounds: 60, limitMs: 15_000 },
    });
  },
};

function documentOf(sizeBytes: number): string {
  const sentences = SENTENCE.repeat(Math.floor(sizeBytes / SENTENCE.length));
  return `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US"><voice name="en-US-AvaMultilingualNeural">${sentences}</voice></speak>`;
}
