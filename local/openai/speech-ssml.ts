/** Voices of OpenAI, each spoken by a prebuilt voice of the Speech stand-in. */
const VOICES = {
  alloy: "en-US-AvaMultilingualNeural",
  ash: "en-US-GuyNeural",
  ballad: "en-GB-RyanNeural",
  cedar: "en-US-BrianMultilingualNeural",
  coral: "en-US-AriaNeural",
  echo: "en-US-AndrewMultilingualNeural",
  fable: "en-GB-RyanNeural",
  marin: "en-US-EmmaMultilingualNeural",
  nova: "en-US-JennyNeural",
  onyx: "en-US-BrianMultilingualNeural",
  sage: "en-AU-NatashaNeural",
  shimmer: "en-GB-SoniaNeural",
  verse: "en-US-GuyNeural",
} as const;

export type OpenAiVoice = keyof typeof VOICES;

export const VOICE_NAMES = [
  "alloy",
  "ash",
  "ballad",
  "cedar",
  "coral",
  "echo",
  "fable",
  "marin",
  "nova",
  "onyx",
  "sage",
  "shimmer",
  "verse",
] as const satisfies readonly OpenAiVoice[];

/** SSML knows no slower and no faster speech. */
const MIN_RATE = 0.5;
const MAX_RATE = 2;

export interface SpeechText {
  readonly input: string;
  readonly voice: OpenAiVoice;
  /** 0.25..4; beyond what SSML knows it is cut to 0.5..2. */
  readonly speed: number;
}

export function speechSsml({ input, voice, speed }: SpeechText): string {
  const rate = Math.max(MIN_RATE, Math.min(MAX_RATE, speed));
  return (
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">` +
    `<voice name="${VOICES[voice]}"><prosody rate="${rate}">${escapeXml(input)}</prosody></voice></speak>`
  );
}

/** Characters that XML cannot hold are left out. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
