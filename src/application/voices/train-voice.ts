import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Consent } from "../../domain/voice/consent.ts";
import { CONSENT_RULES, judgeRecordings, PERSONAL_SAMPLE_RULES } from "../../domain/voice/recording.ts";
import type { StoredRecording, Voice, VoiceVisibility } from "../../domain/voice/voice.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { AudioFile } from "../ports/custom-voice.ts";
import type { Versioned } from "../ports/documents.ts";
import type { ConsentCollection } from "../consents/consent-collection.ts";
import type { Hasher } from "../ports/hasher.ts";
import type { Ids } from "../ports/ids.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import type { RecordingInspector } from "../ports/recording-inspector.ts";
import type { VoiceCollection } from "./voice-ref.ts";

export interface TrainVoiceRequest {
  readonly name: string;
  readonly kind: "personal";
  readonly locale: string;
  readonly description: string;
  readonly baseModel: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly visibility: VoiceVisibility;
  readonly consent: AudioFile;
  readonly voiceTalentName: string;
  readonly companyName: string;
  readonly samples: readonly AudioFile[];
}

/**
 * Checks the recordings, stores them and starts the training of a voice.
 *
 * @throws {@link ServiceError} `sample-unusable` before anything is stored.
 */
export type TrainVoice = (request: TrainVoiceRequest, principal: Principal) => Promise<Versioned<Voice>>;

export interface TrainVoicePorts {
  readonly voices: VoiceCollection;
  readonly consents: ConsentCollection;
  readonly blobs: BlobStore;
  readonly inspector: RecordingInspector;
  readonly orchestrations: Orchestrations;
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly ids: Ids;
  /** First pause between two looks at what Azure is making. */
  readonly pollIntervalSeconds: number;
}

/** Id of the orchestration that trains a voice: a voice is trained by one at a time. */
export function trainingInstanceId(voiceId: string): string {
  return `train-${voiceId}`;
}

export function makeTrainVoice(ports: TrainVoicePorts): TrainVoice {
  return async (request, principal) => {
    const lengths = await inspectAll(ports.inspector, request);
    const documents = documentsOf(request, { principal, lengths, ports });
    const { consent, voice } = documents;
    try {
      await writeBlobs(
        ports.blobs,
        [request.consent, ...request.samples],
        [consent.recording, ...voice.samples],
      );
      await ports.consents.create(consent);
      const created = await ports.voices.create(voice);
      const { pollIntervalSeconds } = ports;
      const input = { voiceId: voice.id, ownerId: principal.id, pollIntervalSeconds };
      await ports.orchestrations.start("trainVoiceOrchestration", trainingInstanceId(voice.id), input);
      return created;
    } catch (error) {
      await undo(ports, documents);
      throw error;
    }
  };
}

interface TrainingDocuments {
  readonly consent: Consent;
  readonly voice: Voice;
}

interface Making {
  readonly principal: Principal;
  readonly lengths: RecordingLengths;
  readonly ports: TrainVoicePorts;
}

function documentsOf(request: TrainVoiceRequest, { principal, lengths, ports }: Making): TrainingDocuments {
  const id = ports.ids.next("voice");
  const folder = `${principal.id}/${id}`;
  const now = ports.clock.now().toISOString();
  const common = { partition: principal.id, locale: request.locale, createdAt: now, updatedAt: now };
  const consent: Consent = {
    ...common,
    id: ports.ids.next("consent"),
    voiceTalentName: request.voiceTalentName,
    companyName: request.companyName,
    status: "recorded",
    recording: stored(request.consent, `${folder}/consent`, lengths.consentMs),
    recordingSha256: ports.hasher.sha256Hex(request.consent.bytes),
  };
  const samples = request.samples.map((sample, index) =>
    stored(sample, `${folder}/sample-${index + 1}`, lengths.sampleMs[index] ?? 0),
  );
  return { consent, voice: { ...common, ...newVoice(request), id, consentId: consent.id, samples } };
}

/** Removes what a start that failed has left; the failure itself is what the caller hears of. */
async function undo(ports: TrainVoicePorts, { consent, voice }: TrainingDocuments): Promise<void> {
  const names = [consent.recording, ...voice.samples].map(({ blobName }) => blobName);
  await Promise.allSettled([
    ...names.map((name) => ports.blobs.delete({ container: "samples", name })),
    ports.consents.delete(consent.partition, consent.id),
    ports.voices.delete(voice.partition, voice.id),
  ]);
}

interface RecordingLengths {
  readonly consentMs: number;
  readonly sampleMs: readonly number[];
}

async function inspectAll(
  inspector: RecordingInspector,
  { consent, samples }: TrainVoiceRequest,
): Promise<RecordingLengths> {
  const inspect = async (file: AudioFile, field: string) => ({
    field,
    fileName: file.fileName,
    facts: await inspector.inspect(file.bytes),
  });
  const consentRecording = await inspect(consent, "consent");
  const sampleRecordings = await Promise.all(
    samples.map((sample, index) => inspect(sample, `samples[${index}]`)),
  );
  const errors = [
    ...judgeRecordings([consentRecording], CONSENT_RULES),
    ...judgeRecordings(sampleRecordings, PERSONAL_SAMPLE_RULES),
  ];
  if (errors.length > 0) {
    throw new ServiceError("sample-unusable", "The recordings cannot be used as they are.", { errors });
  }
  return {
    consentMs: consentRecording.facts?.durationMs ?? 0,
    sampleMs: sampleRecordings.map(({ facts }) => facts?.durationMs ?? 0),
  };
}

function stored(file: AudioFile, blobName: string, durationMs: number): StoredRecording {
  return {
    fileName: file.fileName,
    blobName,
    contentType: file.contentType,
    durationMs: Math.round(durationMs),
  };
}

async function writeBlobs(
  blobs: BlobStore,
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

function newVoice(request: TrainVoiceRequest) {
  return {
    name: request.name,
    description: request.description,
    kind: request.kind,
    locale: request.locale,
    status: "pending",
    progressPercent: 0,
    stages: [],
    error: null,
    baseModel: request.baseModel,
    speakerProfileId: null,
    defaults: {},
    labels: request.labels,
    visibility: request.visibility,
  } as const;
}
