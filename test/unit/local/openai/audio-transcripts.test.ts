import { describe, expect, it } from "vitest";
import { AudioTranscripts } from "../../../../local/openai/audio-transcripts.ts";
import { wavRecording } from "../../../support/wav-recording.ts";

function recordingOf(index: number): Buffer {
  return Buffer.from(`recording ${index}`);
}

describe("the transcripts", () => {
  it("prefer what was registered to the comment of the file", () => {
    const transcripts = new AudioTranscripts();
    const recording = wavRecording({ seconds: 0.1, comment: "Comment." });

    const before = transcripts.transcribe(recording);
    transcripts.register(recording, "Registered.");

    expect([before, transcripts.transcribe(recording)]).toEqual(["Comment.", "Registered."]);
  });

  it("forget the oldest after a thousand", () => {
    const transcripts = new AudioTranscripts();
    for (let index = 0; index <= 1000; index++) {
      transcripts.register(recordingOf(index), "Text.");
    }

    const texts = [0, 1].map((index) => transcripts.transcribe(recordingOf(index)));

    expect(texts).toEqual([expect.stringMatching(/^\[unrecognized speech/), "Text."]);
  });
});
