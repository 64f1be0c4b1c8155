import { getPacketInfo } from "libopus-wasm";
import { parseBuffer } from "music-metadata";
import { MPEGDecoder } from "mpg123-decoder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputFormats } from "../../../local/speech/audio/output-format.ts";
import type { Speaker } from "../../../local/speech/speech-state.ts";
import { startSpeech } from "../../../local/speech/start-speech.ts";
import type { RunningSpeech } from "../../../local/speech/start-speech.ts";
import { prebuiltVoices } from "../../../local/speech/catalog/prebuilt-voices.ts";
import { SPEECH_KEY, spoken, spokenSamples, synthesize } from "./speech-client.ts";
import { webmPackets } from "./webm-packets.ts";

const SSML = spoken("Hello world, how are you today?");
const SPEAKER: Speaker = {
  medianPitchHz: 140,
  pitchSpreadSemitones: 1.5,
  pitchBaseHz: 120,
  pitchTopHz: 160,
  formantScale: 1,
  bandGainsDb: [],
};

let speech: RunningSpeech;
let durationSeconds: number;

beforeAll(async () => {
  const endpoints = new Map([
    ["running", { status: "Succeeded" as const, voiceName: "MyVoiceNeural", speaker: SPEAKER }],
    ["suspended", { status: "Disabled" as const, voiceName: "MyVoiceNeural", speaker: SPEAKER }],
  ]);
  const state = { profile: () => undefined, endpoint: (id: string) => endpoints.get(id) };
  speech = await startSpeech({ port: 0, key: SPEECH_KEY, state });
  durationSeconds = (await spokenSamples({ url: speech.url, ssml: SSML })).length / 24_000;
});

afterAll(async () => {
  await speech.close();
});

describe("synthesis over REST", () => {
  it.each(["/cognitiveservices/v1", "/tts/cognitiveservices/v1", "/voice/cognitiveservices/v1"])(
    "listens at %s",
    async (path) => {
      const response = await synthesize({ url: speech.url, ssml: SSML, path });

      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("audio/x-wav");
      await response.arrayBuffer();
    },
  );

  it.each([
    ["a wrong key", { "ocp-apim-subscription-key": "wrong" }, 401],
    ["a bad token", { "ocp-apim-subscription-key": "", authorization: "Bearer x.y.z" }, 401],
    ["another media type", { "content-type": "text/plain" }, 415],
    ["an unknown format", { "x-microsoft-outputformat": "raw-16khz-16bit-mono-truesilk" }, 400],
    ["an over-long user agent", { "user-agent": "a".repeat(256) }, 400],
  ])("refuses %s", async (_, headers, status) => {
    const response = await synthesize({ url: speech.url, ssml: SSML, headers });

    expect(response.status).toBe(status);
  });

  it("refuses another method and says which one it takes", async () => {
    const response = await fetch(`${speech.url}/cognitiveservices/v1`);

    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });

  it("reaches a professional voice by its running endpoint and its name", async () => {
    const ssml = spoken("Hello.", "MyVoiceNeural");
    const ask = async (deploymentId: string, document: string): Promise<number> => {
      const path = `/voice/cognitiveservices/v1?deploymentId=${deploymentId}`;
      const response = await synthesize({ url: speech.url, ssml: document, path });
      await response.arrayBuffer();
      return response.status;
    };

    expect(await ask("running", ssml)).toBe(200);
    expect(await ask("suspended", ssml)).toBe(400);
    expect(await ask("unknown", ssml)).toBe(400);
    expect(await ask("running", spoken("Hello."))).toBe(400);
    expect((await synthesize({ url: speech.url, ssml })).status).toBe(400);
  });

  it("sends audio while it still speaks", async () => {
    const ssml = spoken("This is a sentence of a long story. ".repeat(300));
    const response = await synthesize({ url: speech.url, ssml, format: "raw-24khz-16bit-mono-pcm" });

    const sizes: number[] = [];
    for await (const chunk of response.body ?? []) {
      sizes.push(chunk.length);
    }

    expect(sizes[0]).toBeLessThan(20_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(10_000_000);
  });

  it("cuts the audio after ten minutes", async () => {
    const ssml = spoken(`Hello. ${'<break time="20s"/> Go on.'.repeat(40)}`);
    const response = await synthesize({ url: speech.url, ssml, format: "raw-8khz-8bit-mono-mulaw" });

    expect((await response.arrayBuffer()).byteLength).toBe(600 * 8000);
  });
});

describe("the prebuilt voices", () => {
  it("are 30 or more in 15 or more locales, none like another", () => {
    expect(prebuiltVoices.length).toBeGreaterThanOrEqual(30);
    expect(new Set(prebuiltVoices.map(({ locale }) => locale)).size).toBeGreaterThanOrEqual(15);
    const sounds = prebuiltVoices.map(
      ({ locale, sound }) => `${locale} ${sound.gender} ${sound.pitchBaseHz}`,
    );
    expect(new Set(sounds).size).toBe(sounds.length);
  });

  it.each(prebuiltVoices.map(({ shortName }) => shortName))("%s speaks", async (voiceName) => {
    const samples = await spokenSamples({ url: speech.url, ssml: spoken("123", voiceName) });

    expect(samples.length).toBeGreaterThan(12_000);
    expect(samples.some((sample) => Math.abs(sample) > 3000)).toBe(true);
  });
});

describe("an output format", () => {
  it.each(outputFormats.filter(({ container }) => container === "riff" || container === "ogg"))(
    "$name is what a media parser says it is",
    async ({ name, container, codec }) => {
      const bytes = await synthesizedBytes(name);

      const { format } = await parseBuffer(bytes, undefined, { duration: true });

      expect(format.numberOfChannels).toBe(1);
      expect(`${format.container} ${format.codec}`).toMatch(PARSED_AS[`${container} ${codec}`] ?? /^$/);
      expect(format.duration).toBeCloseTo(durationSeconds, 1);
    },
  );

  it.each(outputFormats.filter(({ container }) => container === "webm"))(
    "$name is WebM whose packets last as long as the speech",
    async ({ name }) => {
      const bytes = await synthesizedBytes(name);

      const { format } = await parseBuffer(bytes);
      const packets = await Promise.all(webmPackets(bytes).map((packet) => getPacketInfo(packet)));

      expect(`${format.container} ${format.codec}`).toMatch(/^EBML\/webm OPUS$/i);
      const totalMs = packets.reduce((sum, { durationMs }) => sum + durationMs, 0);
      expect(totalMs / 1000).toBeCloseTo(durationSeconds, 1);
    },
  );

  it.each(outputFormats.filter(({ codec }) => codec === "mp3"))(
    "$name decodes to speech of the right length",
    async (wanted) => {
      const bytes = await synthesizedBytes(wanted.name);
      const decoder = new MPEGDecoder();
      await decoder.ready;

      const { sampleRate, samplesDecoded } = decoder.decode(bytes);

      decoder.free();
      expect(sampleRate).toBe(wanted.sampleRateHz);
      expect(samplesDecoded / sampleRate).toBeCloseTo(durationSeconds, 0);
      expect((bytes.length * 8) / (samplesDecoded / sampleRate) / 1000).toBeCloseTo(
        wanted.bitrateKbps ?? 0,
        -1,
      );
    },
  );

  it.each(outputFormats.filter(({ container, codec }) => container === "raw" && codec !== "mp3"))(
    "$name has the right number of bytes",
    async (wanted) => {
      const { length: sizeBytes } = await synthesizedBytes(wanted.name);

      const sampleSizeBytes = wanted.codec === "pcm" ? 2 : 1;
      expect(sizeBytes / sampleSizeBytes / wanted.sampleRateHz).toBeCloseTo(durationSeconds, 3);
    },
  );
});

const PARSED_AS: Readonly<Record<string, RegExp>> = {
  "riff pcm": /^WAVE PCM$/,
  "riff mulaw": /^WAVE .*(?:MULAW|µ-law|non-PCM \(7\))/i,
  "riff alaw": /^WAVE .*(?:ALAW|a-law|non-PCM \(6\))/i,
  "ogg opus": /^Ogg Opus$/,
};

async function synthesizedBytes(format: string): Promise<Uint8Array> {
  const response = await synthesize({ url: speech.url, ssml: SSML, format });
  return new Uint8Array(await response.arrayBuffer());
}
