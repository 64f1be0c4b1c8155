import { findOutputFormat } from "../audio/output-format.ts";
import { espeakLanguage } from "../catalog/espeak-language.ts";
import { SpeechEngine } from "../engine/speech-engine.ts";
import { defaultPauses } from "../plan/pauses.ts";
import { normalProsody } from "../plan/speech-plan.ts";
import { PlanBuilder } from "../plan/plan-builder.ts";
import type { VoiceSound } from "./voice-sound.ts";

const FORMAT_NAME = "riff-24khz-16bit-mono-pcm";

export interface RecordingRequest {
  readonly text: string;
  /** BCP 47. */
  readonly locale: string;
  /** Of a made-up speaker, 70..280. */
  readonly pitchHz: number;
}

/** Makes a WAV file (24 kHz, 16 bit) in which a made-up speaker says a text. */
export async function makeRecording({ text, locale, pitchHz }: RecordingRequest): Promise<Uint8Array> {
  const format = findOutputFormat(FORMAT_NAME);
  const language = espeakLanguage(locale);
  if (format === undefined || language === undefined) {
    throw new Error(`Nothing can be recorded in ${locale}.`);
  }
  const builder = new PlanBuilder();
  const style = {
    sound: speakerSound(pitchHz),
    locale,
    language,
    prosody: normalProsody,
    gain: 1,
    emitsEvents: false,
    pauses: defaultPauses,
  };
  builder.startVoice(defaultPauses);
  builder.addText(text, style);
  builder.endVoice(style);
  const engine = new SpeechEngine();
  const chunks: Uint8Array[] = [];
  try {
    const task = { plan: builder.build(), format };
    for await (const output of engine.synthesize(task, new AbortController().signal)) {
      if (output.kind === "audio") {
        chunks.push(output.bytes);
      }
    }
  } finally {
    await engine.close();
  }
  return Buffer.concat(chunks);
}

/** Different in more than pitch from every prebuilt voice. */
function speakerSound(pitchHz: number): VoiceSound {
  return {
    gender: pitchHz > 155 ? "female" : "male",
    pitchBaseHz: pitchHz * 0.81,
    pitchTopHz: pitchHz * 1.14,
    formantScale: pitchHz > 155 ? 1.08 : 0.95,
    bandGainsDb: [2, 1, -1, -3, -4, -6],
    isWhispered: false,
  };
}
