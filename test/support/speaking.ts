import { nodeHasher } from "../../src/adapters/system/node-hasher.ts";
import { SaxesSsmlParser } from "../../src/adapters/ssml/saxes-ssml-parser.ts";
import { SynthesisRecorder } from "../../src/application/history/synthesis-recorder.ts";
import type { SynthesisRecord } from "../../src/application/history/synthesis-record.ts";
import type { LexiconLookup } from "../../src/application/ports/lexicon-lookup.ts";
import type { SpeechSynthesizer } from "../../src/application/ports/speech-synthesizer.ts";
import type { TextTranslator } from "../../src/application/ports/text-translator.ts";
import type { ResolvedVoice } from "../../src/application/ports/voice-resolver.ts";
import { makePrepareSynthesis } from "../../src/application/synthesis/prepare-synthesis.ts";
import { makeSpeak } from "../../src/application/synthesis/speak.ts";
import type { SpeakRequest } from "../../src/application/synthesis/speak-request.ts";
import { makeSpeakStream } from "../../src/application/synthesis/speak-stream.ts";
import { SynthesisCache } from "../../src/application/synthesis/synthesis-cache.ts";
import { SynthesisKeeper } from "../../src/application/synthesis/synthesis-keeper.ts";
import { SynthesisSource } from "../../src/application/synthesis/synthesis-source.ts";
import { makeTranslateRequest } from "../../src/application/synthesis/translate-request.ts";
import type { UsageRecord } from "../../src/application/usage/usage-record.ts";
import { UsageRecorder } from "../../src/application/usage/usage-recorder.ts";
import type { PartLimits } from "../../src/domain/speech/parts/part-limits.ts";
import { LIST_PRICES } from "../../src/domain/speech/price-table.ts";
import { AVA, noLexicons, onlyVoice } from "./catalog-voice.ts";
import { CountingIds } from "./counting-ids.ts";
import { ManualClock } from "./manual-clock.ts";
import { MemoryBlobs } from "./memory-blobs.ts";
import { MemoryDocuments } from "./memory-documents.ts";
import { recordingLogger } from "./recording-logger.ts";
import { RecordingMetrics } from "./recording-metrics.ts";

export interface SpeakingOptions {
  readonly voice?: Partial<ResolvedVoice>;
  readonly lookup?: LexiconLookup;
  readonly translator?: TextTranslator;
  readonly maxTextCharacters?: number;
  readonly partLimits?: PartLimits;
  readonly historyDays?: number;
}

/** The use cases of speaking over stores in memory. */
export function speakingWith(synthesizer: SpeechSynthesizer, options: SpeakingOptions = {}) {
  const clock = new ManualClock();
  const blobs = new MemoryBlobs(clock);
  const records = new MemoryDocuments<SynthesisRecord>({ name: "syntheses" }, clock);
  const usage = new MemoryDocuments<UsageRecord>({ name: "usage", orderedBy: ["day"] }, clock);
  const logger = recordingLogger();
  const metrics = new RecordingMetrics();
  const { lookup = noLexicons, maxTextCharacters = 100_000, historyDays = 30, partLimits } = options;
  const prepare = makePrepareSynthesis({
    voices: onlyVoice(options.voice),
    parser: new SaxesSsmlParser(),
    lookup,
    translateRequest: makeTranslateRequest(options.translator),
    prices: LIST_PRICES,
    maxTextCharacters,
    ...(partLimits && { partLimits }),
  });
  const cache = new SynthesisCache({ blobs, hasher: nodeHasher, clock, retentionDays: 30 });
  const recorder = new SynthesisRecorder({ records, blobs, clock, retentionDays: historyDays });
  const parts = {
    prepare,
    ids: new CountingIds(),
    source: new SynthesisSource({ synthesizer, cache, logger, metrics }),
    keeper: new SynthesisKeeper({ recorder, usage: new UsageRecorder(usage, clock), logger, metrics }),
  };
  const speak = makeSpeak(parts);
  return {
    ...parts,
    speak,
    speakStream: makeSpeakStream(parts),
    blobs,
    records,
    usage,
    clock,
    logger,
    metrics,
  };
}

/** A plain request for a text, in WAV, from the only voice. */
export function asking(text: string, more: Partial<SpeakRequest> = {}): SpeakRequest {
  return {
    content: { kind: "text", value: text },
    voice: { kind: "catalog", voice: AVA.voiceName },
    use: undefined,
    locale: undefined,
    style: {},
    instructions: undefined,
    format: { format: "wav" },
    timings: "none",
    strict: false,
    lexicons: undefined,
    translation: undefined,
    cache: "use",
    store: true,
    metadata: {},
    ...more,
  };
}

/** Waits for the last event. @returns how many there were. */
export async function drained(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const event of events) {
    count += event === undefined ? 0 : 1;
  }
  return count;
}

/** Of the cache and the history. */
export async function audioBlobNames(blobs: MemoryBlobs): Promise<readonly string[]> {
  const { items } = await blobs.list("audio", { prefix: "", limit: 100 });
  return items.map(({ name }) => name);
}
