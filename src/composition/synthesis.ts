import { SaxesSsmlParser } from "../adapters/ssml/saxes-ssml-parser.ts";
import { makePurgeExpiredAudio } from "../application/history/purge-expired-audio.ts";
import { SynthesisRecorder } from "../application/history/synthesis-recorder.ts";
import type { SynthesisRecord } from "../application/history/synthesis-record.ts";
import { meteredSpeak, meteredSpeakStream } from "../application/metering/metered-synthesis.ts";
import { pinnedLookup } from "../application/lexicon/pinned-lookup.ts";
import type { LexiconLookup } from "../application/ports/lexicon-lookup.ts";
import type { VoiceResolver } from "../application/ports/voice-resolver.ts";
import { makePrepareSynthesis, type PrepareSynthesis } from "../application/synthesis/prepare-synthesis.ts";
import { makeSpeak, type Speak } from "../application/synthesis/speak.ts";
import { makeSpeakStream } from "../application/synthesis/speak-stream.ts";
import { SynthesisCache } from "../application/synthesis/synthesis-cache.ts";
import { SynthesisKeeper } from "../application/synthesis/synthesis-keeper.ts";
import { SynthesisSource } from "../application/synthesis/synthesis-source.ts";
import { makeTranslateRequest } from "../application/synthesis/translate-request.ts";
import type { UsageRecord } from "../application/usage/usage-record.ts";
import { UsageRecorder } from "../application/usage/usage-recorder.ts";
import type { TimedJob } from "../functions/register-timers.ts";
import type { Route } from "../http/route.ts";
import { speakRoute } from "../http/synthesis/speak.ts";
import { speakStreamRoute } from "../http/synthesis/speak-stream.ts";
import type { Foundation } from "./foundation.ts";
import { historyRoutes } from "./history.ts";
import { speechServices, speechVoices } from "./speech-services.ts";
import { configuredTranslator, translationRoutes } from "./translation.ts";
import type { TextTranslator } from "../application/ports/text-translator.ts";
import { SYNTHESES, USAGE } from "./synthesis-collections.ts";
import { gatedSynthesizer } from "./speech-gate.ts";
import type { SpeechAccess } from "./speech-access.ts";

const PURGE_LIMIT_MS = 10 * 60_000;

/** Where a synthesis finds its voice and how words are said. */
export interface SpeechSources {
  readonly voices: VoiceResolver;
  readonly lookup: LexiconLookup;
}

export interface SynthesisPart {
  readonly routes: readonly Route[];
  /** Speaks what begins at this moment: with lexicons as they are when each of them is used first. */
  readonly openSpeak: () => Speak;
  readonly prepare: PrepareSynthesis;
  readonly keeper: SynthesisKeeper;
  readonly timers: readonly TimedJob[];
}

/** Speaking, whole and streamed, with history and usage. */
export function composeSynthesis(
  foundation: Foundation,
  access: SpeechAccess,
  sources: SpeechSources,
): SynthesisPart {
  const translator = configuredTranslator(foundation);
  const prepareWith = preparation(foundation, sources.voices, translator);
  const prepare = prepareWith(sources.lookup);
  const parts = { prepare, ids: foundation.ids, ...spokenAndKept(foundation, access) };
  const meters = { metrics: foundation.metrics, nowMs: () => performance.now() };
  const routes = [
    speakRoute(meteredSpeak(makeSpeak(parts), meters), prepare),
    speakStreamRoute(meteredSpeakStream(makeSpeakStream(parts), meters)),
    ...historyRoutes(foundation),
    ...translationRoutes(foundation, translator, sources.lookup),
  ];
  const openSpeak = () => makeSpeak({ ...parts, prepare: prepareWith(pinnedLookup(sources.lookup)) });
  return { routes, openSpeak, prepare, keeper: parts.keeper, timers: [purgeOf(foundation)] };
}

/** Entries of the history expire by themselves; their audio does not. */
function purgeOf({ blobs, clock, config }: Foundation): TimedJob {
  const retention = { history: config.HISTORY_RETENTION_DAYS, cache: config.CACHE_RETENTION_DAYS };
  const purge = makePurgeExpiredAudio(blobs, clock, retention);
  return {
    name: "purgeExpiredAudio",
    schedule: "0 40 * * * *",
    run: async () => ({ purged: await purge(AbortSignal.timeout(PURGE_LIMIT_MS)) }),
  };
}

function preparation(
  foundation: Foundation,
  voices: VoiceResolver,
  translator: TextTranslator | undefined,
): (lookup: LexiconLookup) => PrepareSynthesis {
  const { config } = foundation;
  const parts = {
    voices: speechVoices(foundation, voices),
    parser: new SaxesSsmlParser(),
    prices: config.PRICE_TABLE,
    maxTextCharacters: config.MAX_TEXT_CHARACTERS,
  };
  return (lookup) =>
    makePrepareSynthesis({ ...parts, lookup, translateRequest: makeTranslateRequest(translator) });
}

function spokenAndKept(foundation: Foundation, access: SpeechAccess) {
  const { config, blobs, clock, database, hasher, logger, metrics } = foundation;
  const upstream = speechServices(foundation, access);
  const cache = new SynthesisCache({ blobs, hasher, clock, retentionDays: config.CACHE_RETENTION_DAYS });
  const recorder = new SynthesisRecorder({
    records: database.collection<SynthesisRecord>(SYNTHESES),
    blobs,
    clock,
    retentionDays: config.HISTORY_RETENTION_DAYS,
  });
  const usage = new UsageRecorder(database.collection<UsageRecord>(USAGE), clock);
  return {
    source: new SynthesisSource({
      synthesizer: gatedSynthesizer(foundation, upstream),
      cache,
      logger,
      metrics,
    }),
    keeper: new SynthesisKeeper({ recorder, usage, logger, metrics }),
  };
}
