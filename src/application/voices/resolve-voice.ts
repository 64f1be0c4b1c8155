import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { voiceFamilyOf } from "../../domain/speech/voice-family.ts";
import { assertConsentHolds } from "../../domain/voice/consent.ts";
import { spokenLocales } from "../../domain/voice/spoken-locales.ts";
import { spokenVoiceName, type Voice } from "../../domain/voice/voice.ts";
import type { ConsentCollection } from "../consents/consent-collection.ts";
import { isLostRace } from "../documents/lost-race.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { VoiceCatalog } from "../ports/voice-catalog.ts";
import type { ResolvedVoice, VoiceResolver } from "../ports/voice-resolver.ts";
import { findVoice, type FindVoicePorts } from "./find-voice.ts";

export interface VoiceResolverPorts extends FindVoicePorts {
  readonly consents: ConsentCollection;
  readonly catalog: VoiceCatalog;
  readonly clock: Clock;
}

const OPENAI_PREFIX = "openai:";
const NOT_READY_RETRY_SECONDS = 5;
const USE_GRAIN_MS = 10 * 60 * 1000;

export function makeVoiceResolver(ports: VoiceResolverPorts): VoiceResolver {
  return {
    resolve: (principal, reference) =>
      reference.kind === "own"
        ? resolveOwn(ports, principal, reference.voiceId)
        : resolveNamed(ports.catalog, reference.voice),
  };
}

async function resolveOwn(
  ports: VoiceResolverPorts,
  principal: Principal,
  voiceId: string,
): Promise<ResolvedVoice> {
  const voice = await findVoice(ports, principal, { voiceId, use: "read" });
  await assertConsent(ports, voice);
  if (voice.status !== "ready") {
    throw new ServiceError("voice-not-ready", `The voice is ${voice.status}.`, {
      details: { voiceId, status: voice.status },
      retryAfterSeconds: NOT_READY_RETRY_SECONDS,
    });
  }
  await noteUse(ports, voice);
  const voiceName = spokenVoiceName(voice);
  return {
    voiceId,
    kind: voice.kind,
    voiceName,
    family: voiceFamilyOf(voiceName),
    locale: voice.locale,
    locales: spokenLocales(voice),
    ...(voice.speakerProfileId !== null && { speakerProfileId: voice.speakerProfileId }),
    ...(voice.deploymentId !== null && { deploymentId: voice.deploymentId }),
    version: voice.speakerProfileId ?? voice.deploymentId ?? voice.id,
    defaults: voice.defaults,
    permittedUses: voice.permittedUses ?? [],
  };
}

/** Only deployed voices are suspended when idle; a use is noted at most every ten minutes. */
async function noteUse(
  { voices, clock }: VoiceResolverPorts,
  { etag, ...voice }: Versioned<Voice>,
): Promise<void> {
  const now = clock.now();
  const lastMs = voice.lastUsedAt === null ? 0 : Date.parse(voice.lastUsedAt);
  if (voice.deploymentId === null || now.getTime() - lastMs < USE_GRAIN_MS) {
    return;
  }
  try {
    await voices.replace({ ...voice, lastUsedAt: now.toISOString() }, etag);
  } catch (error) {
    // Somebody else has just written the voice, most likely the same note.
    if (!isLostRace(error)) {
      throw error;
    }
  }
}

async function assertConsent({ consents, clock }: VoiceResolverPorts, voice: Voice): Promise<void> {
  const consent = await consents.read(voice.partition, voice.consentId);
  if (consent === undefined) {
    throw new ServiceError("consent-revoked", `The consent of the voice ${voice.id} is gone.`, {
      details: { voiceId: voice.id },
    });
  }
  assertConsentHolds(consent, clock.now());
}

async function resolveNamed(catalog: VoiceCatalog, name: string): Promise<ResolvedVoice> {
  if (name.startsWith(OPENAI_PREFIX)) {
    throw new ServiceError("not-configured", "OpenAI voices need AZURE_OPENAI_ENDPOINT and a deployment.");
  }
  const voices = await catalog.list();
  const voice = voices.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (voice === undefined) {
    throw new ServiceError("voice-not-found", `The catalog has no voice ${name}.`, {
      details: { voice: name },
    });
  }
  return {
    voiceId: voice.name,
    kind: "prebuilt",
    voiceName: voice.name,
    family: voiceFamilyOf(voice.name),
    locale: voice.locale,
    locales: [voice.locale, ...voice.secondaryLocales],
    styles: voice.styles,
    roles: voice.roles,
    version: voice.name,
    defaults: {},
    permittedUses: [],
  };
}
