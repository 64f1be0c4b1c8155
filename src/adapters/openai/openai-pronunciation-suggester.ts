import type OpenAI from "openai";
import { z } from "zod";
import type {
  PronunciationSuggester,
  ProposedPronunciation,
} from "../../application/ports/pronunciation-suggester.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

export interface OpenAiSuggesterOptions {
  /** Of the Azure OpenAI resource, without path. */
  readonly endpoint: string;
  /** A key, or a function that gives a token for each call. */
  readonly apiKey: string | (() => Promise<string>);
  readonly deployment: string;
  readonly timeoutMs: number;
}

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
  readonly #options: OpenAiSuggesterOptions;
  #client: Promise<OpenAI> | undefined;

  constructor(options: OpenAiSuggesterOptions) {
    this.#options = options;
  }

  async suggest(
    words: readonly string[],
    locale: string,
    signal: AbortSignal,
  ): Promise<readonly ProposedPronunciation[]> {
    this.#client ??= connect(this.#options);
    const content = await this.#complete(await this.#client, JSON.stringify({ words, locale }), signal);
    return proposalsOf(content);
  }

  async #complete(client: OpenAI, question: string, signal: AbortSignal): Promise<string> {
    const { APIError } = await import("openai");
    try {
      const completion = await client.chat.completions.create(
        {
          model: this.#options.deployment,
          response_format: { type: "json_object" },
          messages: [
            { role: "system", content: INSTRUCTIONS },
            { role: "user", content: question },
          ],
        },
        { signal },
      );
      return completion.choices[0]?.message.content ?? "";
    } catch (cause) {
      signal.throwIfAborted();
      throw errorOf(cause instanceof APIError ? cause.status : undefined, cause);
    }
  }
}

async function connect({ endpoint, apiKey, timeoutMs }: OpenAiSuggesterOptions): Promise<OpenAI> {
  const { OpenAI: Client } = await import("openai");
  return new Client({
    baseURL: new URL("/openai/v1/", endpoint).toString(),
    apiKey,
    timeout: timeoutMs,
    maxRetries: 1,
  });
}

/** No status means that nothing answered. */
function errorOf(status: number | undefined, cause: unknown): ServiceError {
  return status === undefined || status === 429 || status >= 500
    ? new ServiceError("suggester-unavailable", "Azure OpenAI does not answer.", {
        cause,
        retryAfterSeconds: 10,
      })
    : new ServiceError("suggester-refused", `Azure OpenAI refuses the request with ${status}.`, { cause });
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
