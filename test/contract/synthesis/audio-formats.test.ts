import { parseBuffer } from "music-metadata";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSpeech, startSpeech } from "../../../local/speech/start-speech.ts";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { AzureSpeechSynthesizer } from "../../../src/adapters/azure-speech/azure-speech-synthesizer.ts";
import type { Speak } from "../../../src/application/synthesis/speak.ts";
import { AUDIO_FORMATS, type AudioFormat } from "../../../src/domain/speech/audio/audio-format.ts";
import { SPEAKER } from "../../support/catalog-voice.ts";
import { asking, speakingWith } from "../../support/speaking.ts";
import { ffprobeIsInstalled, probeDurationMs } from "../../support/ffprobe.ts";

const THREE_SENTENCES = "The first sentence is here. The second one follows. And this is the end.";

let speech: RunningSpeech;
let speak: Speak;
let hasFfprobe: boolean;

/** What music-metadata and, where it is installed, ffprobe make of a file; headerless samples have no reader but ffprobe. */
async function readDurationsMs(audio: Uint8Array, format: AudioFormat): Promise<readonly number[]> {
  const probed = hasFfprobe ? [await probeDurationMs(audio, format)] : [];
  if (format.layout === "samples") {
    const bytesPerSecond = format.sampleRateHz * (format.codec === "pcm" ? 2 : 1);
    return [...probed, (audio.length * 1_000) / bytesPerSecond];
  }
  const { format: found } = await parseBuffer(audio, { mimeType: format.contentType }, { duration: true });
  return [...probed, (found.duration ?? 0) * 1_000];
}

beforeAll(async () => {
  hasFfprobe = await ffprobeIsInstalled();
  speech = await startSpeech({ port: 0, key: "local-key", state: noCustomVoices });
  const synthesizer = new AzureSpeechSynthesizer({
    connection: {
      region: "local",
      standardUrl: speech.url,
      deploymentUrl: `${speech.url}/voice`,
      credential: () => Promise.resolve({ kind: "key", key: "local-key" }),
    },
    deadlines: { firstByteMs: 10_000, idleMs: 10_000 },
  });
  const partLimits = { maxBytes: 400, maxSpeechMs: 2_500, maxVoices: 50 };
  speak = speakingWith(synthesizer, { partLimits }).speak;
});

afterAll(async () => {
  await speech.close();
});

describe("the audio of a text in three parts", () => {
  it.each(AUDIO_FORMATS.map((format) => [format.azureName, format] as const))(
    "is one file of the length we tell: %s",
    async (azureName, format) => {
      const request = asking(THREE_SENTENCES, { format: { format: azureName }, cache: "bypass" });

      const spoken = await speak(SPEAKER, request, AbortSignal.timeout(20_000));

      expect(spoken.prepared.parts).toHaveLength(3);
      expect(spoken.durationMs).toBeGreaterThan(2_000);
      for (const readerMs of await readDurationsMs(spoken.audio, format)) {
        expect(Math.abs(readerMs - spoken.durationMs)).toBeLessThanOrEqual(30);
      }
    },
  );
});
