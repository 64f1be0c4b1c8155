import { AzureSpeechSynthesizer } from "../adapters/azure-speech/azure-speech-synthesizer.ts";
import { SaxesSsmlParser } from "../adapters/ssml/saxes-ssml-parser.ts";
import type { VoiceResolver } from "../application/ports/voice-resolver.ts";
import { makePrepareSynthesis } from "../application/synthesis/prepare-synthesis.ts";
import { makeTranslateRequest } from "../application/synthesis/translate-request.ts";
import type { LexiconLookup } from "../application/ports/lexicon-lookup.ts";
import { LIST_PRICES } from "../domain/speech/price-table.ts";
import { makeSpeak } from "../application/synthesis/speak.ts";
import { makeSpeakStream } from "../application/synthesis/speak-stream.ts";
import type { Route } from "../http/route.ts";
import { speakRoute } from "../http/synthesis/speak.ts";
import { speakStreamRoute } from "../http/synthesis/speak-stream.ts";
import type { Foundation } from "./foundation.ts";
import { gatedSynthesizer } from "./speech-gate.ts";
import type { SpeechAccess } from "./speech-access.ts";

/** Speaking, whole and streamed. */
export function composeSynthesis(
  foundation: Foundation,
  access: SpeechAccess,
  voices: VoiceResolver,
): readonly Route[] {
  const { config, ids } = foundation;
  const upstream = new AzureSpeechSynthesizer({
    connection: access.connection,
    deadlines: { firstByteMs: config.SPEECH_FIRST_BYTE_TIMEOUT_MS, idleMs: config.SPEECH_IDLE_TIMEOUT_MS },
  });
  const synthesizer = gatedSynthesizer(foundation, upstream);
  const lookup: LexiconLookup = { matcherFor: () => Promise.resolve(undefined) };
  const prepare = makePrepareSynthesis({
    voices,
    parser: new SaxesSsmlParser(),
    lookup,
    translateRequest: makeTranslateRequest(undefined, lookup),
    prices: LIST_PRICES,
    maxTextCharacters: config.MAX_TEXT_CHARACTERS,
  });
  return [
    speakRoute(makeSpeak({ prepare, synthesizer, ids })),
    speakStreamRoute(makeSpeakStream({ prepare, synthesizer, ids })),
  ];
}
