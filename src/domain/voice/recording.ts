import type { FieldError } from "../errors/service-error.ts";

/** What a recording turned out to be after it was decoded as a whole. */
export interface RecordingFacts {
  readonly container: "wav" | "mp3";
  readonly sampleRateHz: number;
  /** Undefined for compressed audio. */
  readonly bitDepth: number | undefined;
  readonly channels: number;
  /** Of the decoded audio; a header may claim another length. */
  readonly durationMs: number;
  /** Loudest sample, relative to full scale; -Infinity for digital silence. */
  readonly peakDbfs: number;
}

/** Rules for the recordings of one kind; lengths are of all files together. */
export interface RecordingRules {
  readonly minDurationMs: number;
  readonly maxDurationMs: number;
}

/** @see https://learn.microsoft.com/azure/ai-services/speech-service/personal-voice-create-voice */
export const PERSONAL_SAMPLE_RULES: RecordingRules = { minDurationMs: 5_000, maxDurationMs: 90_000 };

/** A statement of two names and one sentence; the shortest locale takes about three seconds. */
export const CONSENT_RULES: RecordingRules = { minDurationMs: 2_000, maxDurationMs: 60_000 };

const SAMPLE_RATES_HZ: ReadonlySet<number> = new Set([16_000, 24_000, 44_100, 48_000]);
const BIT_DEPTHS: ReadonlySet<number> = new Set([16, 24, 32]);
const SILENCE_DBFS = -50;

export interface NamedRecording {
  /** Field of the request, for example `samples[0]`. */
  readonly field: string;
  readonly fileName: string;
  /** Undefined when the file is no audio that can be decoded. */
  readonly facts: RecordingFacts | undefined;
}

/** Everything that speaks against a set of recordings, with advice; empty when they can be used. */
export function judgeRecordings(
  recordings: readonly NamedRecording[],
  rules: RecordingRules,
): readonly FieldError[] {
  const findings = recordings.flatMap(judgeOne);
  return findings.length > 0 ? findings : judgeTotal(recordings, rules);
}

function judgeOne({ field, fileName, facts }: NamedRecording): readonly FieldError[] {
  const finding = (message: string): FieldError => ({ field, message: `${fileName}: ${message}` });
  if (facts === undefined) {
    return [finding("is no WAV (PCM) or MP3 audio. Export it as 16-bit PCM WAV, mono, 24 kHz.")];
  }
  const findings: FieldError[] = [];
  if (!SAMPLE_RATES_HZ.has(facts.sampleRateHz)) {
    findings.push(finding(`has ${facts.sampleRateHz} Hz. Use 16, 24, 44.1 or 48 kHz.`));
  }
  if (facts.bitDepth !== undefined && !BIT_DEPTHS.has(facts.bitDepth)) {
    findings.push(finding(`has ${facts.bitDepth} bits per sample. Use 16, 24 or 32 bits.`));
  }
  if (facts.peakDbfs < SILENCE_DBFS) {
    findings.push(finding("is silent. Check the microphone and record again."));
  }
  return findings;
}

function judgeTotal(recordings: readonly NamedRecording[], rules: RecordingRules): readonly FieldError[] {
  const totalMs = recordings.reduce((sum, { facts }) => sum + (facts?.durationMs ?? 0), 0);
  const field = recordings[0]?.field.replace(/\[\d+\]$/, "") ?? "samples";
  const [total, least, most] = [totalMs, rules.minDurationMs, rules.maxDurationMs].map(inSeconds);
  if (totalMs < rules.minDurationMs) {
    return [
      { field, message: `has ${total} s of audio, at least ${least} s are needed. Record more speech.` },
    ];
  }
  if (totalMs > rules.maxDurationMs) {
    return [{ field, message: `has ${total} s of audio, at most ${most} s are allowed. Send less.` }];
  }
  return [];
}

function inSeconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(1);
}
