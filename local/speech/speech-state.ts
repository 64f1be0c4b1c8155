/** What enrolment measured of a person's recordings: plain JSON, so that it can be kept beside the voice it belongs to. */
export interface Speaker {
  readonly medianPitchHz: number;
  readonly pitchSpreadSemitones: number;
  /** Range of pitches that the synthesizer's contour moves in, corrected so that its median is the speaker's. */
  readonly pitchBaseHz: number;
  readonly pitchTopHz: number;
  /** Size of the speaker's formants, relative to those of the default voice. */
  readonly formantScale: number;
  /** What to add to each octave band from 100 Hz upwards, so that the spectral tilt is the speaker's. */
  readonly bandGainsDb: readonly number[];
}

/** The states of a resource whose making takes time. */
export type CreationStatus = "NotStarted" | "Running" | "Succeeded" | "Failed";

export type EndpointStatus = CreationStatus | "Disabling" | "Disabled";

export interface SpeakerProfile {
  readonly status: CreationStatus | "Disabled";
  /** Missing until the profile has succeeded. */
  readonly speaker: Speaker | undefined;
}

export interface DeployedVoice {
  readonly status: EndpointStatus;
  /** The name that SSML must use to reach this voice. */
  readonly voiceName: string;
  /** Missing until the endpoint has succeeded. */
  readonly speaker: Speaker | undefined;
}

/** The custom voices that exist, as synthesis sees them. */
export interface SpeechState {
  profile(speakerProfileId: string): SpeakerProfile | undefined;
  endpoint(deploymentId: string): DeployedVoice | undefined;
}

/** A speech resource in which nobody has made a custom voice. */
export const noCustomVoices: SpeechState = {
  profile: () => undefined,
  endpoint: () => undefined,
};
