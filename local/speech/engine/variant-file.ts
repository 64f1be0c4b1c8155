import type { VoiceSound } from "../voice/voice-sound.ts";

/** Turns most of the voicing into breath. */
const WHISPER_LINES = ["voicing 17", "breath 75 75 50 40 15 10", "breathw 150 150 200 200 400 400"];

/**
 * The voice file that makes eSpeak NG speak any language with this sound.
 *
 * @see https://github.com/espeak-ng/espeak-ng/blob/master/docs/voices.md
 */
export function variantFile(name: string, sound: VoiceSound): string {
  const formantPercent = Math.round(100 * sound.formantScale);
  const formants = Array.from({ length: 9 }, (_, index) =>
    index === 0 ? "formant 0 100 100 100" : `formant ${index} ${formantPercent} 100 100`,
  );
  return [
    "language variant",
    `name ${name}`,
    `gender ${sound.gender}`,
    `pitch ${Math.round(sound.pitchBaseHz)} ${Math.round(sound.pitchTopHz)}`,
    ...formants,
    ...(sound.isWhispered ? WHISPER_LINES : []),
    "",
  ].join("\n");
}
