import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findOutputFormat } from "../../../local/speech/audio/output-format.ts";
import { SpeechEngine } from "../../../local/speech/engine/speech-engine.ts";
import { compileSpeech } from "../../../local/speech/plan/compile-speech.ts";
import type { TimedEvent } from "../../../local/speech/plan/speech-plan.ts";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { relativeBandLevelsDb } from "../../../local/speech/voice/spectrum.ts";
import { medianPitchHz } from "../../../local/speech/voice/pitch.ts";
import { document, spoken } from "./speech-client.ts";

const RATE_HZ = 24_000;
const SENTENCE = "The weather is very good today and we will meet again tomorrow.";

interface Speech {
  readonly samples: Int16Array;
  readonly events: readonly TimedEvent[];
  readonly durationMs: number;
}

const engine = new SpeechEngine();

beforeAll(() => {
  engine.start();
});

afterAll(async () => {
  await engine.close();
});

describe("prosody", () => {
  it("changes the rate", async () => {
    const [normal, fast, slow] = [
      await speak(SENTENCE),
      await speak(`<prosody rate="2">${SENTENCE}</prosody>`),
      await speak(`<prosody rate="-50%">${SENTENCE}</prosody>`),
    ];

    expect(fast.durationMs / normal.durationMs).toBeLessThan(0.65);
    expect(slow.durationMs / normal.durationMs).toBeGreaterThan(1.7);
  });

  it.each([
    ["+4st", 4],
    ["-4st", -4],
    ["+25%", 3.86],
    ["high", 3.16],
  ])("changes the pitch by %s", async (pitch, semitones) => {
    const normal = await speak(SENTENCE);

    const changed = await speak(`<prosody pitch="${pitch}">${SENTENCE}</prosody>`);

    expect(Math.abs(12 * Math.log2(pitchOf(changed) / pitchOf(normal)) - semitones)).toBeLessThan(1);
  });

  it.each([
    ["50", 0.5],
    ["-6dB", 0.501],
    ["silent", 0],
  ])("changes the volume to %s", async (volume, factor) => {
    const normal = await speak("Hello.");

    const changed = await speak(`<prosody volume="${volume}">Hello.</prosody>`);

    expect(peakOf(changed) / peakOf(normal)).toBeCloseTo(factor, 1);
  });
});

describe("pauses", () => {
  it("last as long as a break says", async () => {
    const [short, long] = [
      await speak('One<break time="100ms"/>two'),
      await speak('One<break time="2s"/>two'),
    ];

    expect(long.durationMs - short.durationMs).toBeCloseTo(1900, -1);
  });

  it("are cut to 20 seconds", async () => {
    const { durationMs } = await speak('One<break time="90s"/>two');

    expect(durationMs).toBeGreaterThan(20_000);
    expect(durationMs).toBeLessThan(23_000);
  });

  it.each([
    { type: "Leading-exact", value: "1000ms", text: "One", differenceMs: 950 },
    { type: "Tailing-exact", value: "1s", text: "One", differenceMs: 850 },
    { type: "Sentenceboundary", value: "500ms", text: "One. Two.", differenceMs: 500 },
    { type: "Sentenceboundary-exact", value: "0ms", text: "One. Two.", differenceMs: -400 },
    { type: "comma-exact", value: "1180ms", text: "One, two", differenceMs: 1000 },
  ])("follow mstts:silence of type $type and value $value", async ({ type, value, text, differenceMs }) => {
    const normal = await speak(text);

    const changed = await speak(`<mstts:silence type="${type}" value="${value}"/>${text}`);

    expect(Math.abs(changed.durationMs - normal.durationMs - differenceMs)).toBeLessThan(10);
  });
});

describe("pronunciation", () => {
  it.each([
    [`<sub alias="World Wide Web Consortium">W3C</sub>`, "World Wide Web Consortium"],
    [`<say-as interpret-as="telephone">555-0123</say-as>`, "5 5 5 0 1 2 3"],
    [`<say-as interpret-as="ordinal">3</say-as>`, "third"],
    [`<say-as interpret-as="date" format="dmy">24-12-2026</say-as>`, "December 24 2026"],
    [`<say-as interpret-as="currency">5 USD</say-as>`, "5.00 US dollars"],
  ])("speaks %s like %s", async (marked, plain) => {
    const [spokenMarked, spokenPlain] = [await speak(marked), await speak(plain)];

    expect(Math.abs(spokenMarked.durationMs / spokenPlain.durationMs - 1)).toBeLessThan(0.3);
  });

  it("spells characters", async () => {
    const [word, spelled] = [
      await speak("NASA."),
      await speak('<say-as interpret-as="characters">NASA</say-as>.'),
    ];

    expect(lips(word)).toEqual([19, 1, 15, 1]);
    expect(lips(spelled)).toEqual([4, 19, 4, 4, 15, 4]);
  });

  it("speaks phonemes instead of the text around which they stand", async () => {
    const written = await speak("tomato");

    const ipa = await speak(`<phoneme alphabet="ipa" ph="təˈmeɪtoʊ">xyz</phoneme>`);
    const xSampa = await speak(`<phoneme alphabet="x-sampa" ph='t@"meItoU'>xyz</phoneme>`);

    expect(lips(ipa)).toEqual(lips(xSampa));
    expect(lips(ipa)).toEqual(lips(written));
  });

  it("speaks another language inside lang", async () => {
    const english = await speak("Ich spiele gern");

    const german = await speak('<lang xml:lang="de-DE">Ich spiele gern</lang>');

    expect(visemesOf(german)).not.toEqual(visemesOf(english));
  });

  it("lets a style be heard", async () => {
    const normal = await speakAsJenny(SENTENCE);

    const excited = await speakAsJenny(`<mstts:express-as style="excited">${SENTENCE}</mstts:express-as>`);
    const unknown = await speakAsJenny(
      `<mstts:express-as style="no-such-style">${SENTENCE}</mstts:express-as>`,
    );

    expect(pitchOf(excited) / pitchOf(normal)).toBeGreaterThan(1.1);
    expect(unknown.durationMs).toBeCloseTo(normal.durationMs, -1);
  });
});

describe("an effect of voice", () => {
  it("takes away what a telephone does not carry", async () => {
    const normal = await speak(SENTENCE);

    const telephone = await speakDocument(
      document(`<voice name="en-US-AvaMultilingualNeural" effect="eq_telecomhp8k">${SENTENCE}</voice>`),
    );

    expect(bassDb(telephone) - bassDb(normal)).toBeLessThan(-4);
  });
});

describe("events", () => {
  it("name each written word once and lie where the word is heard", async () => {
    const { events, samples } = await speak(
      "Hello<break time='1s'/>world. <sub alias='by the way'>BTW</sub> it works.",
    );

    const words = wordsOf(events);
    expect(words.map(({ text }) => text)).toEqual(["Hello", "world", "BTW", "it", "works"]);
    for (const { startMs, durationMs } of words) {
      expect(energyOf(samples, startMs, durationMs)).toBeGreaterThan(100);
    }
    const [hello, world] = words;
    const [fromMs, untilMs] = [(hello?.startMs ?? 0) + (hello?.durationMs ?? 0), world?.startMs ?? 0];
    expect(untilMs - fromMs).toBeCloseTo(1000, -1);
    expect(energyOf(samples, fromMs + 5, untilMs - fromMs - 10)).toBeLessThan(100);
  });

  it("put a bookmark where it stands", async () => {
    const { events } = await speak('One two <bookmark mark="middle"/>three four <bookmark mark="end"/>');

    const marks = events.filter((event) => event.kind === "bookmark");
    const third = wordsOf(events).find(({ text }) => text === "three");
    expect(marks.map(({ mark }) => mark)).toEqual(["middle", "end"]);
    expect(Math.abs((marks[0]?.startMs ?? 0) - (third?.startMs ?? 0))).toBeLessThan(5);
  });

  it.each([
    ["zh-CN-XiaoxiaoNeural", "今天天气很好。", ["今天", "天气", "很好"]],
    ["ja-JP-NanamiNeural", "こんにちは、世界。", ["こんにちは", "世界"]],
    ["de-DE-KatjaNeural", "Größe ist „relativ“, oder?", ["Größe", "ist", "relativ", "oder"]],
  ])("find the words of %s", async (voiceName, text, words) => {
    const { events } = await speak(text, voiceName);

    expect(wordsOf(events).map((word) => word.text)).toEqual(words);
  });

  it("are not told by a voice that has none", async () => {
    const { events } = await speak("Hello world.", "en-US-Ava:DragonHDLatestNeural");

    expect(events).toEqual([]);
  });
});

async function speak(content: string, voiceName?: string): Promise<Speech> {
  return speakDocument(spoken(content, voiceName));
}

async function speakDocument(ssml: string): Promise<Speech> {
  const format = findOutputFormat("raw-24khz-16bit-mono-pcm");
  if (format === undefined) {
    throw new Error("The format is missing.");
  }
  const { plan } = compileSpeech(ssml, {
    state: noCustomVoices,
    deploymentId: undefined,
  });
  const chunks: Uint8Array[] = [];
  const events: TimedEvent[] = [];
  let durationMs = 0;
  for await (const output of engine.synthesize({ plan, format }, new AbortController().signal)) {
    if (output.kind === "audio") {
      chunks.push(output.bytes);
    } else if (output.kind === "end") {
      durationMs = output.durationMs;
    } else {
      events.push(output);
    }
  }
  const bytes = Uint8Array.from(Buffer.concat(chunks));
  return { samples: new Int16Array(bytes.buffer), events, durationMs };
}

async function speakAsJenny(content: string): Promise<Speech> {
  return speak(content, "en-US-JennyNeural");
}

function lips(speech: Speech): number[] {
  return visemesOf(speech).filter((pose) => pose !== 0);
}

function bassDb({ samples }: Speech): number {
  return relativeBandLevelsDb(samples, RATE_HZ)[0] ?? 0;
}

function pitchOf({ samples }: Speech): number {
  return medianPitchHz(samples, RATE_HZ);
}

function peakOf({ samples }: Speech): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}

type WordEvent = Extract<TimedEvent, { readonly durationMs: number }>;

function wordsOf(events: readonly TimedEvent[]): WordEvent[] {
  return events.filter((event): event is WordEvent => event.kind === "word");
}

function visemesOf({ events }: Speech): number[] {
  return events.flatMap((event) => (event.kind === "viseme" ? [event.visemeId] : []));
}

/** Mean amplitude. */
function energyOf(samples: Int16Array, startMs: number, durationMs: number): number {
  const part = samples.subarray((startMs * RATE_HZ) / 1000, ((startMs + durationMs) * RATE_HZ) / 1000);
  return part.reduce((sum, sample) => sum + Math.abs(sample), 0) / Math.max(1, part.length);
}
