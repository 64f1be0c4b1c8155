import type { Speaker } from "../speech-state.ts";

/** How a voice sounds: what the synthesizer and the equalizer behind it are set to. */
export interface VoiceSound {
  readonly gender: "female" | "male";
  readonly pitchBaseHz: number;
  readonly pitchTopHz: number;
  /** Size of the formants; 1 is a grown man. */
  readonly formantScale: number;
  /** Per octave band from 100 Hz upwards; empty leaves the spectrum alone. */
  readonly bandGainsDb: readonly number[];
  readonly isWhispered: boolean;
}

/** Median pitch from which on the synthesizer's female voice is the better start. */
const FEMALE_FROM_HZ = 155;

export function soundOfSpeaker(speaker: Speaker): VoiceSound {
  return {
    gender: speaker.medianPitchHz > FEMALE_FROM_HZ ? "female" : "male",
    pitchBaseHz: speaker.pitchBaseHz,
    pitchTopHz: speaker.pitchTopHz,
    formantScale: speaker.formantScale,
    bandGainsDb: speaker.bandGainsDb,
    isWhispered: false,
  };
}

/** The synthesizer's own default voice. */
export const neutralSound: VoiceSound = {
  gender: "male",
  pitchBaseHz: 82,
  pitchTopHz: 118,
  formantScale: 1,
  bandGainsDb: [],
  isWhispered: false,
};
