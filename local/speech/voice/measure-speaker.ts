import { concatSamples } from "../audio/silence-trimmer.ts";
import { ESPEAK_SAMPLE_RATE_HZ } from "../engine/espeak.ts";
import type { Espeak } from "../engine/espeak.ts";
import type { Speaker } from "../speech-state.ts";
import { decodeRecording } from "./decode-recording.ts";
import { pitchStatistics } from "./pitch.ts";
import type { PitchStatistics } from "./pitch.ts";
import { relativeBandLevelsDb } from "./spectrum.ts";
import { UnreadableRecordingError } from "./unreadable-recording-error.ts";
import { soundOfSpeaker } from "./voice-sound.ts";

/** Ten milliseconds each: less voice than this says nothing. */
const MIN_VOICED_FRAMES = 30;
const PROBES = [
  "The weather is very good today, and we will meet again tomorrow morning.",
  "Please remember to bring your own lunch.",
];
const MAX_CORRECTIONS = 4;
/** A sixth of a semitone. */
const GOOD_ENOUGH = 0.01;
const MAX_BAND_GAIN_DB = 12;
/** What a human voice can have, and eSpeak NG too. */
const SPREAD_LIMITS_SEMITONES = { low: 0.3, high: 4 };
const FORMANT_LIMITS = { low: 0.92, high: 1.2 };
/** Pitch of a voice with formants of the default size. */
const FORMANT_REFERENCE_HZ = 110;

/**
 * Measures a voice, and finds the settings with which the synthesizer's median pitch and spectral tilt are the same.
 *
 * @throws {@link UnreadableRecordingError} when a recording cannot be decoded, or there is no voice in any.
 */
export async function measureSpeaker(espeak: Espeak, recordings: readonly Uint8Array[]): Promise<Speaker> {
  const decoded: Int16Array[] = [];
  for (const recording of recordings) {
    decoded.push(await decodeRecording(recording, ESPEAK_SAMPLE_RATE_HZ));
  }
  const pcm = concatSamples(decoded);
  const measured = pitchStatistics(pcm, ESPEAK_SAMPLE_RATE_HZ);
  if (measured.voicedFrameCount < MIN_VOICED_FRAMES) {
    throw new UnreadableRecordingError("There is no voice in the recordings.");
  }
  const tuned = tunedPitch(espeak, firstGuess(measured), measured);
  const spoken = probe(espeak, tuned);
  const [wanted, natural] = [pcm, spoken].map((samples) =>
    relativeBandLevelsDb(samples, ESPEAK_SAMPLE_RATE_HZ),
  );
  const bandGainsDb = (wanted ?? []).map((level, band) =>
    Math.max(-MAX_BAND_GAIN_DB, Math.min(MAX_BAND_GAIN_DB, level - (natural?.[band] ?? 0))),
  );
  return { ...tuned, bandGainsDb };
}

function firstGuess({ medianHz, spreadSemitones }: PitchStatistics): Speaker {
  const spread = within(spreadSemitones, SPREAD_LIMITS_SEMITONES);
  const pitchBaseHz = medianHz * 0.9;
  return {
    medianPitchHz: medianHz,
    pitchSpreadSemitones: spread,
    pitchBaseHz,
    pitchTopHz: pitchBaseHz * 2 ** ((spread * 2.4) / 12),
    formantScale: within(1 + 0.16 * Math.log2(medianHz / FORMANT_REFERENCE_HZ), FORMANT_LIMITS),
    bandGainsDb: [],
  };
}

/** Speaks, listens and corrects until the synthesizer's median pitch is the measured one. */
function tunedPitch(espeak: Espeak, guess: Speaker, wanted: PitchStatistics): Speaker {
  let speaker = guess;
  for (let correction = 0; correction < MAX_CORRECTIONS; correction += 1) {
    const heard = pitchStatistics(probe(espeak, speaker), ESPEAK_SAMPLE_RATE_HZ);
    const ratio = wanted.medianHz / heard.medianHz;
    if (heard.medianHz === 0 || Math.abs(ratio - 1) < GOOD_ENOUGH) {
      return speaker;
    }
    const spreadRatio = within(speaker.pitchSpreadSemitones / heard.spreadSemitones, { low: 0.5, high: 2 });
    const octaves = Math.log2(speaker.pitchTopHz / speaker.pitchBaseHz) * Math.sqrt(spreadRatio);
    const pitchBaseHz = speaker.pitchBaseHz * ratio;
    speaker = { ...speaker, pitchBaseHz, pitchTopHz: pitchBaseHz * 2 ** octaves };
  }
  return speaker;
}

function probe(espeak: Espeak, speaker: Speaker): Int16Array {
  const chunks: Int16Array[] = [];
  const sound = soundOfSpeaker(speaker);
  for (const markup of PROBES) {
    espeak.speak({ markup, language: "en-us", sound }, (samples) => {
      chunks.push(samples);
      return false;
    });
  }
  return concatSamples(chunks);
}

function within(value: number, { low, high }: { readonly low: number; readonly high: number }): number {
  return Math.max(low, Math.min(high, value));
}
