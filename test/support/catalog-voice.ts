import type { LexiconLookup } from "../../src/application/ports/lexicon-lookup.ts";
import type { ResolvedVoice, VoiceResolver } from "../../src/application/ports/voice-resolver.ts";
import type { Principal } from "../../src/domain/access/principal.ts";
import { permissionsOf } from "../../src/domain/access/permissions.ts";

export const SPEAKER: Principal = {
  id: "speaker-1",
  kind: "user",
  tenantId: "tenant-1",
  roles: ["Voice.User"],
  permissions: permissionsOf(["Voice.User"]),
};

export const AVA: ResolvedVoice = {
  voiceId: "en-US-AvaMultilingualNeural",
  kind: "prebuilt",
  voiceName: "en-US-AvaMultilingualNeural",
  family: "neural",
  locale: "en-US",
  version: "1",
  defaults: {},
  permittedUses: [],
};

/** Answers every reference with one voice. */
export function onlyVoice(voice: Partial<ResolvedVoice> = {}): VoiceResolver {
  return { resolve: () => Promise.resolve({ ...AVA, ...voice }) };
}

/** A principal without lexicons. */
export const noLexicons: LexiconLookup = {
  open: () => Promise.resolve({ matcherFor: () => undefined }),
};
