import type { Principal } from "../../domain/access/principal.ts";
import { type FieldError, ServiceError } from "../../domain/errors/service-error.ts";
import type { Consent } from "../../domain/voice/consent.ts";
import { consentLocales, consentStatement } from "../../domain/voice/consent-statement.ts";
import { judgeRecordingSet } from "../../domain/voice/judge-recording-set.ts";
import { RECORDING_RULES } from "../../domain/voice/recording-rules.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { AudioFile } from "../ports/custom-voice.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Ids } from "../ports/ids.ts";
import { heldFile, inspectFiles, type InspectionPorts } from "../recordings/inspect-files.ts";
import { errorsOfReport } from "../recordings/report-errors.ts";
import { CONSENT_FOLDER, type ConsentCollection } from "./consent-collection.ts";

export interface ConsentRequest {
  readonly locale: string;
  readonly voiceTalentName: string;
  readonly companyName: string;
  readonly recording: AudioFile;
  readonly expiresAt: Date | null;
}

/**
 * Keeps a recorded statement as a consent.
 *
 * @throws {@link ServiceError} `consent-locale-unsupported`, `sample-unusable`, and `request-invalid` for a consent
 * that has expired already; all before anything is stored.
 */
export type RecordConsent = (request: ConsentRequest, principal: Principal) => Promise<Versioned<Consent>>;

export interface RecordConsentPorts extends InspectionPorts {
  readonly consents: ConsentCollection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

export function makeRecordConsent(ports: RecordConsentPorts): RecordConsent {
  return async (request, principal) => {
    assertInFuture(request.expiresAt, ports.clock.now());
    const { durationMs, errors } = await judgeConsent(ports, request.recording, "recording");
    if (errors.length > 0) {
      throw new ServiceError("sample-unusable", "The consent recording cannot be used as it is.", { errors });
    }
    return storeConsent(ports, { ...request, durationMs }, principal);
  };
}

function assertInFuture(expiresAt: Date | null, now: Date): void {
  if (expiresAt !== null && expiresAt <= now) {
    throw new ServiceError("request-invalid", "The consent would have expired before it is kept.", {
      errors: [{ field: "expiresAt", message: "must be in the future" }],
    });
  }
}

export interface JudgedRecording {
  readonly durationMs: number;
  /** What speaks against the recording; empty when it can be used. */
  readonly errors: readonly FieldError[];
}

/** @param field the field of the request that holds the recording. */
export async function judgeConsent(
  ports: InspectionPorts,
  recording: AudioFile,
  field: string,
): Promise<JudgedRecording> {
  const files = await inspectFiles(ports, [heldFile(recording)]);
  const report = judgeRecordingSet(files, RECORDING_RULES.consent);
  return { durationMs: Math.round(report.totalMs), errors: errorsOfReport(report, () => field) };
}

/**
 * Stores a recording that has been judged.
 *
 * @throws {@link ServiceError} `consent-locale-unsupported` before anything is stored.
 */
export async function storeConsent(
  ports: RecordConsentPorts,
  request: ConsentRequest & { readonly durationMs: number },
  principal: Principal,
): Promise<Versioned<Consent>> {
  const statement = statementFor(request);
  const { voiceTalentName, companyName, locale, durationMs } = request;
  const { bytes, contentType, fileName } = request.recording;
  const id = ports.ids.next("consent");
  const blobName = `${principal.id}/${CONSENT_FOLDER}${id}`;
  await ports.blobs.write({ container: "samples", name: blobName }, bytes, { contentType });
  const now = ports.clock.now().toISOString();
  return ports.consents.create({
    id,
    partition: principal.id,
    voiceTalentName,
    companyName,
    locale,
    statement,
    status: "recorded",
    recording: { fileName, blobName, contentType, durationMs },
    recordingSha256: ports.hasher.sha256Hex(bytes),
    expiresAt: request.expiresAt?.toISOString() ?? null,
    revokedAt: null,
    createdAt: now,
    updatedAt: now,
  });
}

/** @throws {@link ServiceError} `consent-locale-unsupported`. */
export function statementFor(request: Omit<ConsentRequest, "recording" | "expiresAt">): string {
  const statement = consentStatement(request.locale, request);
  if (statement === undefined) {
    const locales = consentLocales().join(", ");
    throw new ServiceError("consent-locale-unsupported", `Statements are prescribed in ${locales}.`, {
      errors: [{ field: "locale", message: "has no prescribed consent statement" }],
    });
  }
  return statement;
}
