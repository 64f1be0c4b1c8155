import type {
  SpeechEvent,
  SpeechSynthesizer,
  SynthesisRequest,
} from "../../application/ports/speech-synthesizer.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type CallOpenAi, openAiCaller, type OpenAiConnection } from "./openai-client.ts";
import { type OpenAiFailure, openAiFailureOf, upstreamDetails } from "./openai-failure.ts";

/** Its time limit is that of the first audio. */
export interface OpenAiSpeechOptions extends OpenAiConnection {
  readonly deployment: string;
}

const DEFAULT_RETRY_AFTER_SECONDS = 2;
const MAX_RETRIES = 2;

/** Azure's names of the formats that OpenAI makes as well; samples are 16-bit at 24 kHz. */
const RESPONSE_FORMATS: readonly (readonly [prefix: string, format: "mp3" | "opus" | "pcm"])[] = [
  ["audio-24khz", "mp3"],
  ["ogg-24khz", "opus"],
  ["raw-24khz-16bit-mono-pcm", "pcm"],
];

/** Speech of Azure OpenAI. It reports neither words nor visemes. */
export class OpenAiSpeechSynthesizer implements SpeechSynthesizer {
  readonly #deployment: string;
  readonly #call: CallOpenAi;

  constructor(options: OpenAiSpeechOptions) {
    this.#deployment = options.deployment;
    this.#call = openAiCaller(options, MAX_RETRIES);
  }

  async synthesize(request: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const speech = this.#speechOf(request);
    return this.#call(async (client) => {
      try {
        const response = await client.audio.speech.create(speech, { signal });
        return response.body ?? new ReadableStream();
      } catch (cause) {
        signal.throwIfAborted();
        throw errorOf(cause);
      }
    });
  }

  async *synthesizeWithEvents(
    request: SynthesisRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SpeechEvent, void, void> {
    for await (const bytes of await this.synthesize(request, signal)) {
      yield { kind: "audio", bytes };
    }
  }

  #speechOf({ target, outputFormat, voiceName }: SynthesisRequest) {
    const format = RESPONSE_FORMATS.find(([prefix]) => outputFormat.startsWith(prefix));
    if (target.kind !== "openai" || format === undefined) {
      throw new ServiceError("format-unsupported", "OpenAI voices do not speak this format.");
    }
    return {
      model: this.#deployment,
      input: target.text,
      voice: voiceName,
      response_format: format[1],
      speed: target.speed,
      ...(target.instructions !== undefined && { instructions: target.instructions }),
    };
  }
}

/** Older models, such as tts-1, take the text alone. */
function uninstructable(cause: unknown): ServiceError {
  const message = "are refused by the deployed model";
  return new ServiceError("request-invalid", "The deployed OpenAI model takes no instructions or style.", {
    errors: [{ field: "instructions", message }],
    recovery: [
      "Leave out `instructions` and `style`, or deploy a model that takes them, such as gpt-4o-mini-tts.",
    ],
    cause,
  });
}

function errorOf(cause: unknown): ServiceError {
  const failure = openAiFailureOf(cause);
  if (failure instanceof ServiceError) {
    return failure;
  }
  return failure.status === 400 ? refused(failure, cause) : upstreamError(failure, cause);
}

function refused({ field }: OpenAiFailure, cause: unknown): ServiceError {
  const details = { upstreamStatus: 400 };
  switch (field) {
    case "instructions":
      return uninstructable(cause);
    case "voice":
      return new ServiceError("voice-not-found", "The deployed OpenAI model has no such voice.", {
        details,
        errors: [{ field: "voice", message: "is no voice of the deployed model" }],
        recovery: ["Use a voice that the deployed model has, such as openai:alloy."],
        cause,
      });
    case "input":
      return new ServiceError("request-invalid", "Azure OpenAI refuses the text.", {
        details,
        errors: [{ field: "text", message: "is refused by Azure OpenAI" }],
        recovery: ["Change the text, or speak it with a voice of Azure Speech."],
        cause,
      });
    case undefined:
    default:
      return new ServiceError("request-invalid", "Azure OpenAI refuses the request.", {
        details,
        errors: field === "speed" ? [{ field: "rate", message: "is refused by Azure OpenAI" }] : [],
        recovery: ["Change the voice, `rate`, `instructions` or the text, and send the request again."],
        cause,
      });
  }
}

function upstreamError(failure: OpenAiFailure, cause: unknown): ServiceError {
  const { status, retryAfterSeconds = DEFAULT_RETRY_AFTER_SECONDS } = failure;
  const details = upstreamDetails(failure);
  switch (status) {
    case 401:
    case 403:
    case 404:
      return new ServiceError(
        "speech-unauthorized",
        "Azure OpenAI refuses the credentials or the deployment.",
        {
          details,
          cause,
        },
      );
    case 429:
      return new ServiceError("speech-throttled", "Azure OpenAI is over its quota.", {
        details,
        cause,
        retryAfterSeconds,
      });
    case undefined:
    default:
      return new ServiceError("speech-unavailable", "Azure OpenAI does not answer.", {
        details,
        cause,
        retryAfterSeconds,
      });
  }
}
