import { ServiceError } from "../errors/service-error.ts";

/**
 * What Microsoft approves voices for: nine uses of professional voices, four of personal ones, two of which are the same.
 *
 * @see https://learn.microsoft.com/azure/ai-foundry/responsible-ai/speech-service/text-to-speech/transparency-note#use-cases
 */
export const VOICE_USES = [
  "controlled-application",
  "entertainment",
  "marketing",
  "business-content",
  "translation",
  "education",
  "self-authored-content",
  "accessibility",
  "interactive-voice-response",
  "public-announcement",
  "virtual-assistant",
] as const;
export type VoiceUse = (typeof VOICE_USES)[number];

/** A voice, and what it may be used for; nothing named means that nothing is restricted. */
interface RestrictedVoice {
  readonly voiceId: string;
  readonly permittedUses: readonly VoiceUse[];
}

/** @throws {@link ServiceError} `voice-use-not-permitted`. */
export function assertUsePermitted(
  { voiceId, permittedUses }: RestrictedVoice,
  use: VoiceUse | undefined,
): void {
  if (permittedUses.length === 0 || (use !== undefined && permittedUses.includes(use))) {
    return;
  }
  const wanted = use === undefined ? "The request names no use" : `The use ${use} is not permitted`;
  const message = `${wanted}; the voice ${voiceId} may be used for: ${permittedUses.join(", ")}.`;
  throw new ServiceError("voice-use-not-permitted", message, {
    details: { voiceId },
    errors: [{ field: "use", message: `must be one of ${permittedUses.join(", ")}` }],
  });
}
