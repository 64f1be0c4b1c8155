import type { ResolvedVoice, VoiceResolver } from "../ports/voice-resolver.ts";

const PREFIX = "openai:";

/** OpenAI voices speak every language; this one decides where words and sentences end when the request names none. */
const LOCALE = "en-US";

/** Adds the voices `openai:<name>` to those of a resolver. The names are the service's own; it refuses what it has not. */
export function withOpenAiVoices(resolver: VoiceResolver): VoiceResolver {
  return {
    async resolve(principal, reference, signal) {
      const name = reference.kind === "catalog" ? reference.voice : "";
      return name.startsWith(PREFIX)
        ? openAiVoice(name.slice(PREFIX.length))
        : resolver.resolve(principal, reference, signal);
    },
  };
}

function openAiVoice(name: string): ResolvedVoice {
  return {
    voiceId: `${PREFIX}${name}`,
    kind: "openai",
    voiceName: name,
    family: "openai",
    locale: LOCALE,
    version: name,
    defaults: {},
    permittedUses: [],
  };
}
