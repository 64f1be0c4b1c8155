import { z } from "zod";
import type {
  PronunciationSuggester,
  ProposedPronunciation,
} from "../../application/ports/pronunciation-suggester.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type CallOpenAi, openAiCaller, type OpenAiConnection } from "./openai-client.ts";
import { openAiErrorOf } from "./openai-failure.ts";

export interface OpenAiSuggesterOptions extends OpenAiConnection {
  readonly deployment: string;
}

const MAX_RETRIES = 1;
const CODES = { unavailable: "suggester-unavailable", refused: "suggester-refused" } as const;

const INSTRUCTIONS = [
  "You tell a speech synthesizer how words are said in the given locale.",
  'For each word of {"words": [...], "locale": "..."} that the synthesizer may say wrong, give either an alias (ordinary words',
  "of the locale that sound the same when read aloud) or ipa (phones of the locale only, with stress marks), and a short reason.",
  'Answer JSON: {"suggestions": [{"word": "...", "alias": "...", "ipa": "...", "reason": "..."}]}. Leave out words that are safe.',
].join(" ");

const answerSchema = z.object({
  suggestions: z.array(
    z.object({
      word: z.string(),
      alias: z.string().nullish(),
      ipa: z.string().nullish(),
      reason: z.string().nullish(),
    }),
  ),
});

/** Asks a chat model of Azure OpenAI. It gets the words and the locale, never the text. */
export class OpenAiPronunciationSuggester implements PronunciationSuggester {
  readonly #deployment: string;
  readonly #call: CallOpenAi;

  constructor(options: OpenAiSuggesterOptions) {
    this.#deployment = options.deployment;
    this.#call = openAiCaller(options, MAX_RETRIES);
  }

  async suggest(
    words: readonly string[],
    locale: string,
    signal: AbortSignal,
  ): Promise<readonly ProposedPronunciation[]> {
    const content = await this.#complete(JSON.stringify({ words, locale }), signal);
    return proposalsOf(content);
  }

  #complete(question: string, signal: AbortSignal): Promise<string> {
    const request = {
      model: this.#deployment,
      response_format: { type: "json_object" as const },
      messages: [
        { role: "system" as const, content: INSTRUCTIONS },
        { role: "user" as const, content: question },
      ],
    };
    return this.#call(async (client) => {
      try {
        const completion = await client.chat.completions.create(request, { signal });
        return completion.choices[0]?.message.content ?? "";
      } catch (cause) {
        signal.throwIfAborted();
        throw openAiErrorOf(cause, CODES);
      }
    });
  }
}

function proposalsOf(content: string): readonly ProposedPronunciation[] {
  try {
    return answerSchema.parse(JSON.parse(content)).suggestions.map(({ word, alias, ipa, reason }) => ({
      word,
      alias: alias ?? undefined,
      ipa: ipa ?? undefined,
      reason: reason ?? "",
    }));
  } catch (cause) {
    throw new ServiceError("suggester-refused", "Azure OpenAI answers something else than suggestions.", {
      cause,
    });
  }
}
