import { describe, expect, it } from "vitest";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}

describe("speaking", () => {
  it("answers a whole WAV file whose header tells its true length", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(100), silence(50)]);

    const { audio, durationMs } = await speakingWith(synthesizer).speak(SPEAKER, asking("Hello"), never());

    expect(durationMs).toBe(150);
    expect(audio).toHaveLength(44 + 150 * 48);
    expect(new DataView(audio.buffer).getUint32(40, true)).toBe(150 * 48);
    expect(synthesizer.requests[0]).toMatchObject({ outputFormat: "raw-24khz-16bit-mono-pcm" });
  });

  it("escapes the text and wraps it in what the voice and the wishes need", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10)]);
    const { speak } = speakingWith(synthesizer, {
      voice: { voiceName: "PhoenixLatestNeural", speakerProfileId: "p-1" },
    });

    await speak(SPEAKER, asking("a < b & c", { style: { rate: "+10%" }, locale: "de-DE" }), never());

    expect(synthesizer.requests[0]?.ssml).toBe(
      '<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xmlns:mstts="http://www.w3.org/2001/mstts" xml:lang="de-DE">' +
        '<voice name="PhoenixLatestNeural"><mstts:ttsembedding speakerProfileId="p-1">' +
        '<prosody rate="+10%">a &lt; b &amp; c</prosody></mstts:ttsembedding></voice></speak>',
    );
  });

  it("neither sends nor bills a style that the voice has not", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10)]);
    const { speak } = speakingWith(synthesizer, { voice: { styles: ["chat"], roles: [] } });

    const wishes = { style: { style: "grumpy", styleDegree: 2 } };
    const { prepared } = await speak(SPEAKER, asking("Hello", wishes), never());

    expect(synthesizer.requests[0]?.ssml).toContain(">Hello</voice>");
    expect(prepared.billedCharacters).toBe(5);
    expect(prepared.warnings).toMatchObject([{ code: "style-unknown", field: "style" }]);
  });

  it.each([
    ["style", { style: "grumpy" }, "neural"],
    ["role", { role: "Girl" }, "neural"],
    ["style", { style: "chat" }, "dragon"],
    ["pitch", { rate: "fast", pitch: "high" }, "dragon"],
    ["rate", { rate: "fast" }, "hd"],
  ] as const)("refuses a %s that is not obeyed by its name when it is to be strict", async (...row) => {
    const [field, style, family] = row;
    const synthesizer = recordingSynthesizer(() => [silence(10)]);
    const { speak } = speakingWith(synthesizer, { voice: { styles: ["chat"], roles: [], family } });

    const attempt = speak(SPEAKER, asking("Hello", { style, strict: true }), never());

    await expect(attempt).rejects.toMatchObject({ errors: [{ field }] });
    expect(synthesizer.requests).toEqual([]);
  });

  it("tells bookmarks of every part, in ms from the start of the whole audio", async () => {
    const synthesizer = recordingSynthesizer((_, index) => [
      silence(100),
      { kind: "bookmark", mark: `mark-${index}`, startMs: 40.4 },
    ]);
    const partLimits = { maxBytes: 60_000, maxSpeechMs: 1_500, maxVoices: 50 };
    const { speak } = speakingWith(synthesizer, { partLimits });

    const { bookmarks } = await speak(
      SPEAKER,
      asking("The first sentence. The other sentence.", { timings: "word" }),
      never(),
    );

    expect(bookmarks).toEqual([
      { mark: "mark-0", timeMs: 40 },
      { mark: "mark-1", timeMs: 140 },
    ]);
  });

  it("sends a professional voice to its deployment", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10)]);
    const { speak } = speakingWith(synthesizer, { voice: { deploymentId: "d-1" } });

    await speak(SPEAKER, asking("Hello"), never());

    expect(synthesizer.requests[0]?.target).toEqual({ kind: "deployment", deploymentId: "d-1" });
  });

  it.each([
    ["only white space", "  \n ", "nothing-to-speak"],
    ["only invisible characters", "\u200B\u2060\uFEFF\u0007", "nothing-to-speak"],
    ["more characters than allowed", "a".repeat(51), "text-too-long"],
  ])("refuses %s before the service hears of it", async (_, text, code) => {
    const synthesizer = recordingSynthesizer(() => [silence(10)]);

    const attempt = speakingWith(synthesizer, { maxTextCharacters: 50 }).speak(
      SPEAKER,
      asking(text),
      never(),
    );

    await expect(attempt).rejects.toMatchObject({ code, errors: [{ field: "text" }] });
    expect(synthesizer.requests).toEqual([]);
  });

  it("counts an emoji as one character", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10)]);

    const { prepared } = await speakingWith(synthesizer).speak(SPEAKER, asking("😀".repeat(50)), never());

    expect(prepared.characters).toBe(50);
  });

  it.each([
    [{ format: "flac" }, "format"],
    [{ format: "mp3", sampleRateHz: 44_100 }, "sampleRateHz"],
    [{ format: "mp3", bitrateKbps: 1 }, "bitrateKbps"],
  ])("refuses the format %o and names the field", async (format, field) => {
    const synthesizer = recordingSynthesizer(() => []);

    const attempt = speakingWith(synthesizer).speak(SPEAKER, asking("Hello", { format }), never());

    await expect(attempt).rejects.toMatchObject({ code: "format-unsupported", errors: [{ field }] });
  });

  it("refuses a request without a voice", async () => {
    const synthesizer = recordingSynthesizer(() => []);

    const attempt = speakingWith(synthesizer).speak(SPEAKER, asking("Hello", { voice: undefined }), never());

    await expect(attempt).rejects.toMatchObject({ code: "request-invalid", errors: [{ field: "voiceId" }] });
  });
});

describe("streaming speech", () => {
  it("hands on the first audio before the service has made the rest", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10), new Error("later")]);

    const { events } = await speakingWith(synthesizer).speakStream(SPEAKER, asking("Hello"), never());
    const first = await events[Symbol.asyncIterator]().next();

    expect(first.value).toMatchObject({ kind: "audio" });
  });

  it("fails before any answer when the service fails before the first audio", async () => {
    const synthesizer = recordingSynthesizer(() => [new Error("down")]);

    const attempt = speakingWith(synthesizer).speakStream(SPEAKER, asking("Hello"), never());

    await expect(attempt).rejects.toThrow("down");
  });

  it("ends with the exact length of what was sent", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10), silence(20)]);

    const { events } = await speakingWith(synthesizer).speakStream(SPEAKER, asking("Hello"), never());
    const all = await collect(events);

    expect(all.at(-1)).toMatchObject({ kind: "done", durationMs: 30 });
  });
});
