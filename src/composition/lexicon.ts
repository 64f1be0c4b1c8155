import { StreamedLexiconFiles } from "../adapters/lexicon-files/streamed-lexicon-files.ts";
import { OpenAiPronunciationSuggester } from "../adapters/openai/openai-pronunciation-suggester.ts";
import { SaxesSsmlParser } from "../adapters/ssml/saxes-ssml-parser.ts";
import { LEXICONS, type LexiconDocument } from "../application/lexicon/lexicon-documents.ts";
import { makeLexiconLookup } from "../application/lexicon/lexicon-lookup.ts";
import { makeLexiconUseCases } from "../application/lexicon/make-lexicon-use-cases.ts";
import type { LexiconLookup } from "../application/ports/lexicon-lookup.ts";
import type { VoiceResolver } from "../application/ports/voice-resolver.ts";
import { lexiconRoutes } from "../http/lexicon/lexicon-routes.ts";
import type { Route } from "../http/route.ts";
import { openAiCredential } from "./cognitive-credentials.ts";
import type { Foundation } from "./foundation.ts";
import { throttleCounter } from "./throttle-counter.ts";

const SUGGESTION_TIMEOUT_MS = 60_000;

export interface LexiconPart {
  readonly routes: readonly Route[];
  /** For every synthesis. */
  readonly lookup: LexiconLookup;
}

export function composeLexicon(foundation: Foundation, voices: VoiceResolver): LexiconPart {
  const { clock, ids, hasher, config } = foundation;
  const useCases = makeLexiconUseCases({
    lexicons: foundation.audited<LexiconDocument>(LEXICONS),
    files: new StreamedLexiconFiles(),
    hasher,
    clock,
    ids,
    voices,
    parser: new SaxesSsmlParser(),
    suggester: suggesterOf(foundation),
    maxTextCharacters: config.MAX_TEXT_CHARACTERS,
  });
  return { routes: lexiconRoutes(useCases), lookup: makeLexiconLookup(useCases.prepareLexicons) };
}

function suggesterOf(foundation: Foundation): OpenAiPronunciationSuggester | undefined {
  const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_CHAT_DEPLOYMENT: deployment } = foundation.config;
  if (endpoint === undefined || deployment === undefined) {
    return undefined;
  }
  return new OpenAiPronunciationSuggester({
    endpoint,
    deployment,
    ...openAiCredential(foundation),
    onThrottled: throttleCounter(foundation.metrics, "openai"),
    timeoutMs: SUGGESTION_TIMEOUT_MS,
  });
}
