import { makeRecording } from "../../../local/speech/voice/recording.ts";

const SENTENCE =
  "The weather is very good today, and we will meet again tomorrow morning under the old bridge by the river.";

/** A speaker whose pitch is no prebuilt voice's. */
export const SPEAKER_PITCH_HZ = 210;

/** Speech of the made-up speaker: about six seconds for one repetition. */
export async function speechFile(fileName: string, repetitions = 1): Promise<File> {
  const text = Array.from({ length: repetitions }, () => SENTENCE).join(" ");
  const bytes = await makeRecording({ text, locale: "en-US", pitchHz: SPEAKER_PITCH_HZ });
  return new File([new Uint8Array(bytes)], fileName, { type: "audio/wav" });
}

/** A 24 kHz, 16-bit mono WAV file of digital silence. */
export function silentFile(fileName: string, durationSeconds: number): File {
  return wavFile(fileName, new Int16Array(24_000 * durationSeconds));
}

/** A steady tone: sound, but no speech. */
export function toneFile(fileName: string, durationSeconds: number): File {
  const samples = Int16Array.from({ length: 24_000 * durationSeconds }, (_, index) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * 220 * index) / 24_000)),
  );
  return wavFile(fileName, samples);
}

function wavFile(fileName: string, samples: Int16Array<ArrayBuffer>): File {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(24_000, 24);
  header.writeUInt32LE(48_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(samples.byteLength, 40);
  return new File([header, samples], fileName, { type: "audio/wav" });
}
