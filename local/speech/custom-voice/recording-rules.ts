import type { RecordingRules } from "./recording.ts";

const PCM_TAG = 1;

/** @see section "Supported formats" of personal voice in the Speech documentation. */
const PROMPT_RATES_HZ: ReadonlySet<number> = new Set([16_000, 24_000, 44_100, 48_000]);
const BIT_DEPTHS: ReadonlySet<number> = new Set([16, 24, 32]);
const PROMPT_MP3_BIT_RATES: ReadonlySet<number> = new Set([128_000, 192_000, 256_000, 320_000]);

/** Training data below it is rejected. */
const MIN_TRAINING_RATE_HZ = 16_000;
const MIN_TRAINING_MP3_BIT_RATE = 256_000;

/** For the consent statement and for the prompt of a personal voice. */
export const promptRules: RecordingRules = {
  wavProblem: ({ formatTag, bitsPerSample, sampleRateHz, channelCount }) =>
    pcmProblem(formatTag, bitsPerSample) ?? rateProblem(sampleRateHz) ?? channelProblem(channelCount, 2),
  mp3Problem: ({ sampleRateHz, bitsPerSecond }) =>
    rateProblem(sampleRateHz) ??
    (PROMPT_MP3_BIT_RATES.has(bitsPerSecond)
      ? undefined
      : "An MP3 file must have a constant 128, 192, 256 or 320 kbit/s."),
};

/** For one recorded sentence of `AudioAndScript`. */
export const utteranceRules: RecordingRules = {
  wavProblem: ({ formatTag, bitsPerSample, sampleRateHz, channelCount }) =>
    pcmProblem(formatTag, bitsPerSample) ??
    trainingRateProblem(sampleRateHz) ??
    channelProblem(channelCount, 1),
  mp3Problem: () => "An utterance must be a WAV file.",
};

/** For `LongAudio` and `AudioOnly`. */
export const longAudioRules: RecordingRules = {
  wavProblem: ({ formatTag, bitsPerSample, sampleRateHz, channelCount }) =>
    pcmProblem(formatTag, bitsPerSample) ??
    trainingRateProblem(sampleRateHz) ??
    channelProblem(channelCount, 2),
  mp3Problem: ({ bitsPerSecond }) =>
    bitsPerSecond >= MIN_TRAINING_MP3_BIT_RATE ? undefined : "An MP3 file must have 256 kbit/s or more.",
};

function pcmProblem(formatTag: number, bitsPerSample: number): string | undefined {
  return formatTag === PCM_TAG && BIT_DEPTHS.has(bitsPerSample)
    ? undefined
    : "A WAV file must hold 16, 24 or 32 bit PCM.";
}

function rateProblem(sampleRateHz: number): string | undefined {
  return PROMPT_RATES_HZ.has(sampleRateHz)
    ? undefined
    : `The sample rate must be 16, 24, 44.1 or 48 kHz, not ${sampleRateHz} Hz.`;
}

function trainingRateProblem(sampleRateHz: number): string | undefined {
  return sampleRateHz >= MIN_TRAINING_RATE_HZ ? undefined : "The sample rate must be 16 kHz or more.";
}

function channelProblem(channelCount: number, maxChannels: number): string | undefined {
  return channelCount >= 1 && channelCount <= maxChannels
    ? undefined
    : `The audio must have at most ${maxChannels} channel${maxChannels === 1 ? "" : "s"}.`;
}
