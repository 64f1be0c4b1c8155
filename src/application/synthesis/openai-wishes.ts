import { ServiceError } from "../../domain/errors/service-error.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import type { SpeakingStyle } from "../../domain/speech/ssml/speak-document.ts";
import { rateFactor } from "../../domain/speech/ssml/ssml-values.ts";
import type { ResolvedVoice } from "../ports/voice-resolver.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import type { SpeakRequest } from "./speak-request.ts";

/** What OpenAI takes beside the text, because it reads no SSML. */
export interface OpenAiWishes {
  /** How many times as fast as normal. */
  readonly speed: number;
  /** How to speak, in plain words. */
  readonly instructions?: string;
}

export function openAiWishes({
  request: { instructions, style },
}: Pick<PreparedSynthesis, "request">): OpenAiWishes {
  const styled = style.style === undefined ? undefined : `Speak in a ${style.style} style.`;
  const all = [instructions, styled].filter((wish) => wish !== undefined).join("\n");
  return { speed: rateFactor(style.rate ?? "1") ?? 1, ...(all !== "" && { instructions: all }) };
}

/** What is left of a style for SSML, where its rate and name are sent as {@link OpenAiWishes}. */
export function styleBesideWishes({ pitch, volume, role }: SpeakingStyle): SpeakingStyle {
  return { pitch, volume, role };
}

/** @returns what OpenAI does not obey although it is neither sent nor written as SSML. */
export function ignoredWishes({ styleDegree }: SpeakingStyle): readonly SpeechWarning[] {
  return styleDegree === undefined
    ? []
    : [
        {
          code: "style-unsupported",
          message: "styleDegree is ignored by openai voices.",
          field: "styleDegree",
        },
      ];
}

/** @throws {@link ServiceError} `request-invalid` for instructions to a voice that takes none. */
export function assertInstructable({ kind }: ResolvedVoice, { instructions }: SpeakRequest): void {
  if (instructions !== undefined && kind !== "openai") {
    const message = "is for openai: voices; use style with this one";
    throw new ServiceError("request-invalid", "The voice takes no instructions.", {
      errors: [{ field: "instructions", message }],
    });
  }
}
