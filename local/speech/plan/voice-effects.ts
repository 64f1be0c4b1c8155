import type { VoiceSound } from "../voice/voice-sound.ts";

/** Gains in decibel of the octave bands from 100 Hz upwards. */
const EFFECTS: Readonly<Record<string, readonly number[]>> = {
  eq_car: [4, 2, -1, 0, 2, 3],
  eq_telecomhp8k: [-12, -6, 0, 1, 0, -12],
};

/** The sound behind `effect` of `voice`; the service ignores an effect that it does not know. */
export function withEffect(sound: VoiceSound, effect: string | undefined): VoiceSound {
  const gains = effect !== undefined && Object.hasOwn(EFFECTS, effect) ? EFFECTS[effect] : undefined;
  if (gains === undefined) {
    return sound;
  }
  return { ...sound, bandGainsDb: gains.map((gainDb, band) => gainDb + (sound.bandGainsDb[band] ?? 0)) };
}
