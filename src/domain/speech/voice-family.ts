/** Kinds of voices that understand different parts of SSML and report different events. */
export const VOICE_FAMILIES = ["neural", "hd", "hd-omni", "dragon", "phoenix", "openai"] as const;
export type VoiceFamily = (typeof VOICE_FAMILIES)[number];

/** How phones may be written in `<phoneme>`. */
export type PhonemeAlphabet = "ipa" | "x-sampa" | "ups" | "sapi";

/** What a family of voices can do. */
export interface VoiceFeatures {
  /** Obeys `<phoneme>`. */
  readonly phonemes: boolean;
  /** Alphabets of `<phoneme>` that it obeys. */
  readonly alphabets: readonly PhonemeAlphabet[];
  /** Reports when each word is spoken. */
  readonly wordTimings: boolean;
  readonly visemes: boolean;
  /** Obeys `<mstts:express-as>`. */
  readonly styles: boolean;
  /** Attributes of `<prosody>` that the family obeys. */
  readonly prosody: readonly ("rate" | "pitch" | "volume" | "contour" | "range")[];
  /** Elements inside `<voice>` that it obeys, besides `<mstts:ttsembedding>`. */
  readonly elements: readonly string[];
}

const WORDING = ["lang", "say-as", "sub", "p", "s"];
const PERSONAL = [...WORDING, "break", "prosody"];
const EVENTS = ["bookmark", "mstts:silence", "mstts:viseme"];
const NO_PHONEMES = { phonemes: false, alphabets: [] } as const;
const NO_EVENTS = { wordTimings: false, visemes: false } as const;

/** @see https://learn.microsoft.com/azure/ai-services/speech-service/personal-voice-how-to-use */
const FEATURES: Readonly<Record<VoiceFamily, VoiceFeatures>> = {
  neural: {
    phonemes: true,
    alphabets: ["ipa", "x-sampa", "ups", "sapi"],
    wordTimings: true,
    visemes: true,
    styles: true,
    prosody: ["rate", "pitch", "volume", "contour", "range"],
    elements: [...PERSONAL, ...EVENTS, "phoneme", "emphasis", "mstts:express-as", "mstts:audioduration"],
  },
  hd: { ...NO_PHONEMES, ...NO_EVENTS, styles: false, prosody: [], elements: WORDING },
  "hd-omni": {
    ...NO_PHONEMES,
    wordTimings: true,
    visemes: false,
    styles: true,
    prosody: [],
    elements: [...WORDING, "mstts:express-as"],
  },
  dragon: { ...NO_PHONEMES, ...NO_EVENTS, styles: false, prosody: ["rate"], elements: PERSONAL },
  phoenix: {
    phonemes: true,
    alphabets: ["ipa", "x-sampa", "ups"],
    wordTimings: true,
    visemes: true,
    styles: false,
    prosody: ["rate"],
    elements: [...PERSONAL, ...EVENTS, "phoneme"],
  },
  openai: { ...NO_PHONEMES, ...NO_EVENTS, styles: false, prosody: [], elements: ["sub", "p", "s"] },
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
