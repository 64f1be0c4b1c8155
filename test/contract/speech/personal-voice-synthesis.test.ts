import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSpeech } from "../../../local/speech/start-speech.ts";
import type { RunningSpeech } from "../../../local/speech/start-speech.ts";
import type { Speaker, SpeakerProfile } from "../../../local/speech/speech-state.ts";
import { enroll } from "../../../local/speech/voice/enroll.ts";
import { wavHeader } from "../../../local/speech/audio/wav-header.ts";
import { medianPitchHz } from "../../../local/speech/voice/pitch.ts";
import { makeRecording } from "../../../local/speech/voice/recording.ts";
import { spectralTiltDbPerOctave } from "../../../local/speech/voice/spectrum.ts";
import { personal, samplesOf, SPEECH_KEY, spoken, spokenSamples, synthesize } from "./speech-client.ts";

const RATE_HZ = 24_000;
const STATEMENT = "I am the speaker of this recording, and my voice may be used to make a synthetic one.";
const SENTENCE = "Voice cloning must always be done with the consent of the speaker.";

let speech: RunningSpeech;
let recording: Int16Array;
let speaker: Speaker;
const profiles = new Map<string, SpeakerProfile>();

beforeAll(async () => {
  const wav = await makeRecording({ text: STATEMENT, locale: "en-US", pitchHz: 130 });
  recording = samplesOf(wav);
  speaker = await enroll([wav]);
  profiles.set("ready", { status: "Succeeded", speaker });
  profiles.set("running", { status: "Running", speaker: undefined });
  const state = { profile: (id: string) => profiles.get(id), endpoint: () => undefined };
  speech = await startSpeech({ port: 0, key: SPEECH_KEY, state });
});

afterAll(async () => {
  await speech.close();
});

describe("a personal voice", () => {
  it("has the speaker's median pitch within a semitone, which is not the default voice's", async () => {
    const cloned = await spokenSamples({ url: speech.url, ssml: personal(SENTENCE, "ready") });
    const standard = await spokenSamples({ url: speech.url, ssml: spoken(SENTENCE) });

    expect(Math.abs(semitones(cloned, recording))).toBeLessThan(1);
    expect(Math.abs(semitones(standard, recording))).toBeGreaterThan(4);
  });

  it("has the speaker's spectral tilt", async () => {
    const cloned = await spokenSamples({ url: speech.url, ssml: personal(SENTENCE, "ready") });

    const difference = spectralTiltDbPerOctave(cloned, RATE_HZ) - spectralTiltDbPerOctave(recording, RATE_HZ);
    expect(Math.abs(difference)).toBeLessThan(1.5);
  });

  it.each(["running", "unknown"])("does not speak while its profile is %s", async (id) => {
    const response = await synthesize({ url: speech.url, ssml: personal(SENTENCE, id) });

    expect(response.status).toBe(400);
    expect(response.statusText).toBe(`Invalid speaker profile id ${id}.`);
  });
});

describe("enrolment", () => {
  it("refuses a recording that is no audio", async () => {
    const attempt = enroll([new TextEncoder().encode("This is no recording at all.".repeat(100))]);

    await expect(attempt).rejects.toMatchObject({ name: "UnreadableRecordingError" });
  });

  it("refuses a recording without a voice", async () => {
    const silent = samplesToWav(new Int16Array(RATE_HZ * 10));

    await expect(enroll([silent])).rejects.toMatchObject({ name: "UnreadableRecordingError" });
  });
});

function semitones(a: Int16Array, b: Int16Array): number {
  return 12 * Math.log2(medianPitchHz(a, RATE_HZ) / medianPitchHz(b, RATE_HZ));
}

function samplesToWav(samples: Int16Array): Uint8Array {
  const header = wavHeader({ codec: "pcm", sampleRateHz: RATE_HZ }, samples.byteLength);
  return Buffer.concat([header, new Uint8Array(samples.buffer)]);
}
