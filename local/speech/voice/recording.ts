import { findOutputFormat } from "../audio/output-format.ts";
import { SpeechEngine } from "../engine/speech-engine.ts";
import { compileSpeech } from "../plan/compile-speech.ts";
import type { Speaker } from "../speech-state.ts";

const FORMAT_NAME = "riff-24khz-16bit-mono-pcm";

export interface RecordingRequest {
  readonly text: string;
  /** BCP 47. */
  readonly locale: string;
  /** Of a made-up speaker, 70..280. */
  readonly pitchHz: number;
}

/**
 * Makes a WAV file (24 kHz, 16 bit) in which a made-up speaker says a text.
 *
 * @throws SsmlError for a locale that the stand-in cannot speak.
 */
export async function makeRecording({ text, locale, pitchHz }: RecordingRequest): Promise<Uint8Array> {
  const format = findOutputFormat(FORMAT_NAME);
  if (format === undefined) {
    throw new Error(`There is no format ${FORMAT_NAME}.`);
  }
  const profile = { status: "Succeeded" as const, speaker: madeUpSpeaker(pitchHz) };
  const state = { profile: () => profile, endpoint: () => undefined };
  const { plan } = compileSpeech(documentOf(text, locale), { state, deploymentId: undefined });
  const engine = new SpeechEngine();
  const chunks: Uint8Array[] = [];
  try {
    for await (const output of engine.synthesize({ plan, format }, new AbortController().signal)) {
      if (output.kind === "audio") {
        chunks.push(output.bytes);
      }
    }
  } finally {
    await engine.close();
  }
  return Buffer.concat(chunks);
}

function documentOf(text: string, locale: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return (
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" ` +
    `xmlns:mstts="http://www.w3.org/2001/mstts" xml:lang="${locale}"><voice name="DragonLatestNeural">` +
    `<mstts:ttsembedding speakerProfileId="made-up">${escaped}</mstts:ttsembedding></voice></speak>`
  );
}

/** Different in more than pitch from every prebuilt voice. */
function madeUpSpeaker(pitchHz: number): Speaker {
  return {
    medianPitchHz: pitchHz,
    pitchSpreadSemitones: 1.5,
    pitchBaseHz: pitchHz * 0.81,
    pitchTopHz: pitchHz * 1.14,
    formantScale: pitchHz > 155 ? 1.08 : 0.95,
    bandGainsDb: [2, 1, -1, -3, -4, -6],
  };
}
