import type { Finding } from "./finding.ts";
import { type RecordingFacts, SILENCE_DBFS } from "./recording.ts";
import type { RecordingRules } from "./recording-rules.ts";

const MAX_CLIPPED_SAMPLES = 10;
const MIN_SIGNAL_TO_NOISE_DB = 20;
const LOW_SIGNAL_TO_NOISE_DB = 35;
const MAX_EDGE_SILENCE_MS = 1_500;
const MAX_INNER_SILENCE_MS = 3_000;

const NOT_AUDIO: Finding = {
  severity: "error",
  code: "not-audio",
  message: "is no WAV (PCM) or MP3 audio. Export it as 16-bit PCM WAV, mono, 24 kHz.",
};

/** @param facts undefined when the file is no audio that can be decoded. */
export function judgeRecording(facts: RecordingFacts | undefined, rules: RecordingRules): readonly Finding[] {
  if (facts === undefined) {
    return [NOT_AUDIO];
  }
  return [...judgeFormat(facts, rules), ...judgeLength(facts, rules), ...judgeSound(facts)];
}

function judgeFormat(facts: RecordingFacts, rules: RecordingRules): readonly Finding[] {
  const findings: Finding[] = [];
  if (!rules.containers.includes(facts.container)) {
    findings.push(error("container-unsupported", `is ${facts.container}. Use WAV (PCM).`));
  }
  if (!isRateAllowed(facts.sampleRateHz, rules)) {
    findings.push(
      error("sample-rate-unsupported", `has ${facts.sampleRateHz} Hz. Use ${wantedRates(rules)}.`),
    );
  }
  if (facts.bitDepth !== undefined && !rules.bitDepths.includes(facts.bitDepth)) {
    findings.push(
      error("bit-depth-unsupported", `has ${facts.bitDepth} bits per sample. Use 16, 24 or 32 bits.`),
    );
  }
  if (rules.needsMono && facts.channels !== 1) {
    findings.push(error("channels-unsupported", `has ${facts.channels} channels. Mix it down to mono.`));
  }
  return findings;
}

function judgeLength(facts: RecordingFacts, rules: RecordingRules): readonly Finding[] {
  return facts.durationMs > rules.maxFileDurationMs
    ? [
        error(
          "too-long",
          `lasts ${inSeconds(facts.durationMs)} s, at most ${inSeconds(rules.maxFileDurationMs)} s are allowed. Cut it at a pause.`,
        ),
      ]
    : [];
}

function judgeSound(facts: RecordingFacts): readonly Finding[] {
  if (facts.peakDbfs < SILENCE_DBFS) {
    return [error("silent", "is silent. Check the microphone and record again.")];
  }
  const findings: Finding[] = [];
  if (facts.clippedSamples > MAX_CLIPPED_SAMPLES) {
    findings.push(
      warning(
        "clipped",
        `has ${facts.clippedSamples} clipped samples. Lower the input level and record again.`,
      ),
    );
  }
  const snr = facts.signalToNoiseDb.toFixed(0);
  if (facts.signalToNoiseDb < MIN_SIGNAL_TO_NOISE_DB) {
    findings.push(warning("noisy", `has only ${snr} dB between speech and noise. Record in a quiet room.`));
  } else if (facts.signalToNoiseDb < LOW_SIGNAL_TO_NOISE_DB) {
    findings.push(
      warning("slightly-noisy", `has ${snr} dB between speech and noise; 35 dB and more sound best.`),
    );
  }
  return [...findings, ...judgeSilence(facts)];
}

function judgeSilence(facts: RecordingFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const edgeMs = Math.max(facts.leadingSilenceMs, facts.trailingSilenceMs);
  if (edgeMs > MAX_EDGE_SILENCE_MS) {
    findings.push(warning("edge-silence", `has ${inSeconds(edgeMs)} s of silence at an end. Trim it.`));
  }
  if (facts.longestSilenceMs > MAX_INNER_SILENCE_MS) {
    findings.push(
      warning(
        "inner-silence",
        `has a pause of ${inSeconds(facts.longestSilenceMs)} s inside. Cut the file there.`,
      ),
    );
  }
  return findings;
}

function isRateAllowed(sampleRateHz: number, { sampleRatesHz }: RecordingRules): boolean {
  return "oneOf" in sampleRatesHz
    ? sampleRatesHz.oneOf.includes(sampleRateHz)
    : sampleRateHz >= sampleRatesHz.atLeast;
}

function wantedRates({ sampleRatesHz }: RecordingRules): string {
  return "oneOf" in sampleRatesHz ? "16, 24, 44.1 or 48 kHz" : `${sampleRatesHz.atLeast / 1000} kHz or more`;
}

function error(code: string, message: string): Finding {
  return { severity: "error", code, message };
}

function warning(code: string, message: string): Finding {
  return { severity: "warning", code, message };
}

function inSeconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(1);
}
