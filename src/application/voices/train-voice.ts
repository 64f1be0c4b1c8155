import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { assertConsentHolds, type Consent } from "../../domain/voice/consent.ts";
import { judgeRecordings, PERSONAL_SAMPLE_RULES } from "../../domain/voice/recording.ts";
import type { StoredRecording, Voice, VoiceVisibility } from "../../domain/voice/voice.ts";
import type { FindConsent } from "../consents/find-consent.ts";
import {
  type ConsentRequest,
  type JudgedRecording,
  judgeConsent,
  type RecordConsentPorts,
  storeConsent,
} from "../consents/record-consent.ts";
import type { AudioFile } from "../ports/custom-voice.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import type { RecordingInspector } from "../ports/recording-inspector.ts";
import type { VoiceCollection } from "./voice-ref.ts";

/** A consent that is recorded with the voice, or one that is already there. */
export type TrainingConsent =
  | ({ readonly kind: "new" } & Omit<ConsentRequest, "locale">)
  | { readonly kind: "existing"; readonly consentId: string };

export interface TrainVoiceRequest {
  readonly name: string;
  readonly kind: "personal";
  readonly locale: string;
  readonly description: string;
  readonly baseModel: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly visibility: VoiceVisibility;
  readonly consent: TrainingConsent;
  readonly samples: readonly AudioFile[];
}

/**
 * Checks the recordings, stores them and starts the training of a voice.
 *
 * @throws {@link ServiceError} `sample-unusable`, `consent-locale-unsupported`, `consent-not-found`, `consent-revoked`,
 * `consent-expired`, `consent-mismatch`, all before anything is stored.
 */
export type TrainVoice = (request: TrainVoiceRequest, principal: Principal) => Promise<Versioned<Voice>>;

export interface TrainVoicePorts extends RecordConsentPorts {
  readonly voices: VoiceCollection;
  readonly findConsent: FindConsent;
  readonly orchestrations: Orchestrations;
  /** First pause between two looks at what Azure is making. */
  readonly pollIntervalSeconds: number;
}

/** Id of the orchestration that trains a voice: a voice is trained by one at a time. */
export function trainingInstanceId(voiceId: string): string {
  return `train-${voiceId}`;
}

export function makeTrainVoice(ports: TrainVoicePorts): TrainVoice {
  return async (request, principal) => {
    const judged = await judgeAll(ports.inspector, request);
    const consent = await consentFor(ports, { request, principal, consentMs: judged.consentMs });
    const voice = newVoice(ports, { request, principal, consentId: consent.id, sampleMs: judged.sampleMs });
    try {
      await writeSamples(ports, request.samples, voice.samples);
      const created = await ports.voices.create(voice);
      const { pollIntervalSeconds } = ports;
      const input = { voiceId: voice.id, ownerId: principal.id, pollIntervalSeconds };
      await ports.orchestrations.start("trainVoiceOrchestration", trainingInstanceId(voice.id), input);
      return created;
    } catch (error) {
      await undo(ports, { voice, consent: request.consent.kind === "new" ? consent : undefined });
      throw error;
    }
  };
}

interface JudgedLengths {
  readonly consentMs: number;
  readonly sampleMs: readonly number[];
}

async function judgeAll(
  inspector: RecordingInspector,
  { consent, samples }: TrainVoiceRequest,
): Promise<JudgedLengths> {
  const statement: JudgedRecording =
    consent.kind === "new" ? await judgeConsent(inspector, consent.recording) : { durationMs: 0, errors: [] };
  const recordings = await Promise.all(
    samples.map(async ({ fileName, bytes }, index) => ({
      field: `samples[${index}]`,
      fileName,
      facts: await inspector.inspect(bytes),
    })),
  );
  const errors = [...statement.errors, ...judgeRecordings(recordings, PERSONAL_SAMPLE_RULES)];
  if (errors.length > 0) {
    throw new ServiceError("sample-unusable", "The recordings cannot be used as they are.", { errors });
  }
  return {
    consentMs: statement.durationMs,
    sampleMs: recordings.map(({ facts }) => facts?.durationMs ?? 0),
  };
}

async function consentFor(
  ports: TrainVoicePorts,
  making: { readonly request: TrainVoiceRequest; readonly principal: Principal; readonly consentMs: number },
): Promise<Consent> {
  const { request, principal, consentMs } = making;
  if (request.consent.kind === "new") {
    const { locale } = request;
    return storeConsent(ports, { ...request.consent, locale, durationMs: consentMs }, principal);
  }
  const consent = await ports.findConsent(principal, request.consent.consentId);
  assertConsentHolds(consent, ports.clock.now());
  return consent;
}

function newVoice(
  { ids, clock }: TrainVoicePorts,
  making: {
    readonly request: TrainVoiceRequest;
    readonly principal: Principal;
    readonly consentId: string;
    readonly sampleMs: readonly number[];
  },
): Voice {
  const { request, principal, consentId, sampleMs } = making;
  const { consent: _consent, samples, ...fields } = request;
  const id = ids.next("voice");
  const now = clock.now().toISOString();
  return {
    ...fields,
    id,
    partition: principal.id,
    status: "pending",
    progressPercent: 0,
    stages: [],
    error: null,
    consentId,
    samples: samples.map(({ fileName, contentType }, index) => ({
      fileName,
      contentType,
      blobName: `${principal.id}/${id}/sample-${index + 1}`,
      durationMs: Math.round(sampleMs[index] ?? 0),
    })),
    speakerProfileId: null,
    defaults: {},
    createdAt: now,
    updatedAt: now,
  };
}

async function writeSamples(
  { blobs }: TrainVoicePorts,
  files: readonly AudioFile[],
  recordings: readonly StoredRecording[],
): Promise<void> {
  await Promise.all(
    recordings.map(({ blobName, contentType }, index) =>
      blobs.write({ container: "samples", name: blobName }, files[index]?.bytes ?? new Uint8Array(), {
        contentType,
      }),
    ),
  );
}

/** Removes what a start that failed has left; the failure itself is what the caller hears of. */
async function undo(
  ports: TrainVoicePorts,
  { voice, consent }: { readonly voice: Voice; readonly consent: Consent | undefined },
): Promise<void> {
  const recordings = [...voice.samples, ...(consent === undefined ? [] : [consent.recording])];
  await Promise.allSettled([
    ...recordings.map(({ blobName: name }) => ports.blobs.delete({ container: "samples", name })),
    ports.voices.delete(voice.partition, voice.id),
    ...(consent === undefined ? [] : [ports.consents.delete(consent.partition, consent.id)]),
  ]);
}
