import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { assertConsentHolds, type Consent } from "../../domain/voice/consent.ts";
import type { Recipe } from "../../domain/voice/recipe.ts";
import type { Voice, VoiceKind, VoiceVisibility } from "../../domain/voice/voice.ts";
import type { VoiceUse } from "../../domain/voice/voice-use.ts";
import type { FindConsent } from "../consents/find-consent.ts";
import {
  type ConsentRequest,
  type JudgedRecording,
  judgeConsent,
  type RecordConsentPorts,
  storeConsent,
} from "../consents/record-consent.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import type { PreflightSamples, SampleSource } from "../recordings/preflight-samples.ts";
import { errorsOfReport } from "../recordings/report-errors.ts";
import type { UploadCollection } from "../uploads/upload.ts";
import { newVoice } from "./new-voice.ts";
import { giveBackSamples, storeSamples } from "./sample-blobs.ts";
import { startTraining } from "./start-training.ts";
import type { VoiceCollection } from "./voice-ref.ts";

/** A consent that is recorded with the voice, or one that is already there. */
export type TrainingConsent =
  | ({ readonly kind: "new" } & Omit<ConsentRequest, "locale">)
  | { readonly kind: "existing"; readonly consentId: string };

export interface TrainVoiceRequest {
  readonly name: string;
  readonly kind: VoiceKind;
  readonly locale: string;
  readonly description: string;
  readonly baseModel: string;
  readonly recipe: Recipe;
  readonly presetStyles: readonly string[];
  readonly endpointKind: "HighPerformance" | "FastResume";
  readonly labels: Readonly<Record<string, string>>;
  readonly visibility: VoiceVisibility;
  /** Empty restricts nothing. */
  readonly permittedUses: readonly VoiceUse[];
  readonly consent: TrainingConsent;
  readonly samples: SampleSource;
}

/**
 * Checks the recordings, stores them and starts the training of a voice.
 *
 * @throws {@link ServiceError} `sample-unusable`, `transcript-invalid`, `upload-not-found`, `upload-incomplete`,
 * `consent-locale-unsupported`, `consent-not-found`, `consent-revoked`, `consent-expired`, `consent-mismatch`, all before
 * anything is stored.
 */
export type TrainVoice = (request: TrainVoiceRequest, principal: Principal) => Promise<Versioned<Voice>>;

export interface TrainVoicePorts extends RecordConsentPorts {
  readonly voices: VoiceCollection;
  readonly uploads: UploadCollection;
  readonly findConsent: FindConsent;
  readonly preflight: PreflightSamples;
  readonly orchestrations: Orchestrations;
  /** First pause between two looks at what Azure is making. */
  readonly pollIntervalSeconds: number;
}

export function makeTrainVoice(ports: TrainVoicePorts): TrainVoice {
  return async (request, principal) => {
    const judged = await judgeAll(ports, request, principal);
    const consent = await consentFor(ports, { request, principal, consentMs: judged.consentMs });
    const voice = newVoice(ports, { request, ownerId: principal.id, consent, judged });
    try {
      await storeSamples(ports, voice, request.samples);
      const created = await ports.voices.create(voice);
      await startTraining(ports, created);
      return created;
    } catch (error) {
      await undo(ports, { voice, consent: request.consent.kind === "new" ? consent : undefined });
      throw error;
    }
  };
}

export interface JudgedSamples {
  readonly consentMs: number;
  readonly sampleMs: number;
  readonly sampleCount: number;
  readonly hasTranscripts: boolean;
}

async function judgeAll(
  ports: TrainVoicePorts,
  { consent, kind, samples }: TrainVoiceRequest,
  principal: Principal,
): Promise<JudgedSamples> {
  const statement: JudgedRecording =
    consent.kind === "new"
      ? await judgeConsent(ports, consent.recording, "consent")
      : { durationMs: 0, errors: [] };
  const report = await ports.preflight(principal, { kind, source: samples });
  const field = samples.kind === "files" ? "samples" : "uploadId";
  const errors = [
    ...statement.errors,
    ...errorsOfReport(report, (index) =>
      index === undefined || samples.kind === "upload" ? field : `${field}[${index}]`,
    ),
  ];
  if (errors.length > 0) {
    throw new ServiceError("sample-unusable", "The recordings cannot be used as they are.", { errors });
  }
  return {
    consentMs: statement.durationMs,
    sampleMs: Math.round(report.totalMs),
    sampleCount: report.fileCount,
    hasTranscripts: report.hasTranscripts,
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
  assertLocale(request, consent);
  return consent;
}

/** A professional voice learns the language of its recordings, which is the consent's; only CrossLingual changes it. */
function assertLocale({ kind, recipe, locale }: TrainVoiceRequest, consent: Consent): void {
  if (kind === "professional" && recipe !== "CrossLingual" && consent.locale !== locale) {
    throw new ServiceError(
      "request-invalid",
      `The consent was given in ${consent.locale}, not in ${locale}.`,
      {
        errors: [
          { field: "locale", message: `must be ${consent.locale}, the consent's, or recipe CrossLingual` },
        ],
      },
    );
  }
}

/** Removes what a start that failed has made, and nothing that the client had before; the failure itself is what the caller hears of. */
async function undo(
  ports: TrainVoicePorts,
  { voice, consent }: { readonly voice: Voice; readonly consent: Consent | undefined },
): Promise<void> {
  await Promise.allSettled([
    giveBackSamples(ports, voice),
    ports.voices.delete(voice.partition, voice.id),
    ...(consent === undefined
      ? []
      : [
          ports.blobs.delete({ container: "samples", name: consent.recording.blobName }),
          ports.consents.delete(consent.partition, consent.id),
        ]),
  ]);
}
