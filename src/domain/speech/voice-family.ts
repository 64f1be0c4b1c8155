/** Kinds of voices that understand different parts of SSML and report different events. */
export const VOICE_FAMILIES = ["neural", "hd", "hd-omni", "dragon", "phoenix", "openai"] as const;
export type VoiceFamily = (typeof VOICE_FAMILIES)[number];

/** What a family of voices can do. */
export interface VoiceFeatures {
  /** Obeys `<phoneme>`. */
  readonly phonemes: boolean;
  /** Reports when each word is spoken. */
  readonly wordTimings: boolean;
  readonly visemes: boolean;
  /** Obeys `<mstts:express-as>`. */
  readonly styles: boolean;
  /** Attributes of `<prosody>` that the family obeys. */
  readonly prosody: readonly ("rate" | "pitch" | "volume")[];
}

/** @see https://learn.microsoft.com/azure/ai-services/speech-service/personal-voice-how-to-use */
const FEATURES: Readonly<Record<VoiceFamily, VoiceFeatures>> = {
  neural: {
    phonemes: true,
    wordTimings: true,
    visemes: true,
    styles: true,
    prosody: ["rate", "pitch", "volume"],
  },
  hd: { phonemes: false, wordTimings: false, visemes: false, styles: false, prosody: [] },
  "hd-omni": { phonemes: false, wordTimings: true, visemes: false, styles: true, prosody: [] },
  dragon: { phonemes: false, wordTimings: false, visemes: false, styles: false, prosody: ["rate"] },
  phoenix: { phonemes: true, wordTimings: true, visemes: true, styles: false, prosody: ["rate"] },
  openai: { phonemes: false, wordTimings: false, visemes: false, styles: false, prosody: ["rate"] },
};

export function voiceFeaturesOf(family: VoiceFamily): VoiceFeatures {
  return FEATURES[family];
}

/** @param voiceName what selects the voice, for example `en-US-Ava:DragonHDLatestNeural` or `openai:alloy`. */
export function voiceFamilyOf(voiceName: string): VoiceFamily {
  if (voiceName.startsWith("openai:")) {
    return "openai";
  }
  if (voiceName.includes("DragonHDOmni")) {
    return "hd-omni";
  }
  if (voiceName.includes(":DragonHD")) {
    return "hd";
  }
  if (voiceName.startsWith("Dragon")) {
    return "dragon";
  }
  return voiceName.startsWith("Phoenix") ? "phoenix" : "neural";
}
