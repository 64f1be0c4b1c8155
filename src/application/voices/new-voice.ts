import type { Consent } from "../../domain/voice/consent.ts";
import { modelVoiceName } from "../../domain/voice/recipe.ts";
import type { ProfessionalTraining, SampleSet, Voice } from "../../domain/voice/voice.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import { uploadPrefix } from "../uploads/upload.ts";
import { audioFolder, transcriptBlob } from "./voice-folder.ts";
import type { JudgedSamples, TrainVoiceRequest } from "./train-voice.ts";

interface Making {
  readonly request: TrainVoiceRequest;
  readonly ownerId: string;
  readonly consent: Consent;
  readonly judged: JudgedSamples;
}

/** The voice as it is before anything has been made. */
export function newVoice(
  { ids, clock }: { readonly ids: Ids; readonly clock: Clock },
  { request, ownerId, consent, judged }: Making,
): Voice {
  const id = ids.next("voice");
  const now = clock.now().toISOString();
  const { kind } = request;
  return {
    id,
    partition: ownerId,
    name: request.name,
    kind,
    locale: request.locale,
    description: request.description,
    baseModel: request.baseModel,
    labels: request.labels,
    visibility: request.visibility,
    permittedUses: request.permittedUses,
    status: "pending",
    progressPercent: 0,
    stages: [],
    error: null,
    consentId: consent.id,
    samples: sampleSetOf(request, { ownerId, voiceId: id, judged }),
    professional:
      kind === "professional" ? professionalOf(request, { ownerId, voiceId: id, consent, judged }) : null,
    speakerProfileId: null,
    deploymentId: null,
    defaults: {},
    lastUsedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

function sampleSetOf(
  { samples }: TrainVoiceRequest,
  place: { readonly ownerId: string; readonly voiceId: string; readonly judged: JudgedSamples },
): SampleSet {
  const { ownerId, voiceId, judged } = place;
  const measured = { count: judged.sampleCount, durationMs: judged.sampleMs };
  return samples.kind === "files"
    ? {
        container: "samples",
        prefix: audioFolder({ id: voiceId, partition: ownerId }),
        ...measured,
      }
    : {
        container: "uploads",
        prefix: uploadPrefix({ id: samples.uploadId, partition: ownerId }),
        ...measured,
      };
}

function professionalOf(
  { recipe, presetStyles, endpointKind }: TrainVoiceRequest,
  place: {
    readonly ownerId: string;
    readonly voiceId: string;
    readonly consent: Consent;
    readonly judged: JudgedSamples;
  },
): ProfessionalTraining {
  const { ownerId, voiceId, consent, judged } = place;
  return {
    recipe,
    presetStyles,
    dataLocale: consent.locale,
    modelVoiceName: modelVoiceName(voiceId, recipe),
    transcriptBlob: transcriptBlob({ id: voiceId, partition: ownerId }),
    needsTranscript: !judged.hasTranscripts,
    endpointKind,
  };
}
