import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SaxesSsmlParser } from "../../../../../src/adapters/ssml/saxes-ssml-parser.ts";
import type { PartLimits } from "../../../../../src/domain/speech/parts/part-limits.ts";
import { SERVICE_PART_LIMITS } from "../../../../../src/domain/speech/parts/part-limits.ts";
import { splitSpeech } from "../../../../../src/domain/speech/parts/split-speech.ts";
import { speakableText } from "../../../../../src/domain/speech/spoken-text.ts";
import { serializeSsml } from "../../../../../src/domain/speech/ssml/serialize-ssml.ts";
import { linearSource } from "../../../../../src/domain/speech/ssml/source-map.ts";
import type { SsmlNode } from "../../../../../src/domain/speech/ssml/ssml-tree.ts";
import { passageOf } from "../../../../../src/domain/speech/timings/passage.ts";

const parser = new SaxesSsmlParser();

function limits(more: Partial<PartLimits>): PartLimits {
  return { maxBytes: 100_000, maxSpeechMs: 10_000_000, maxVoices: 50, ...more };
}

function textVoice(text: string): readonly SsmlNode[] {
  const content: SsmlNode = { kind: "text", text: speakableText(text), source: linearSource(0) };
  return [{ kind: "element", name: "voice", attributes: { name: "a" }, children: [content] }];
}

function textsOf(parts: readonly (readonly SsmlNode[])[]): readonly string[] {
  return parts.map((part) =>
    passageOf(part)
      .segments.map(({ written }) => written)
      .join(""),
  );
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

function splitText(text: string, more: Partial<PartLimits>, locale = "en-US"): readonly string[] {
  return textsOf(splitSpeech(textVoice(text), limits(more), locale));
}

function splitSsml(inner: string, more: Partial<PartLimits>): readonly string[] {
  const voices = parser.parse(`<speak>${inner}</speak>`).children;
  return splitSpeech(voices, limits(more), "en-US").map((part) => part.map(serializeSsml).join(""));
}

describe("splitting speech", () => {
  it("leaves alone what fits", () => {
    expect(splitText("One. Two.", {})).toEqual(["One. Two."]);
  });

  it.each([
    ["English", "en-US", "Dr. Smith came. He left at 3.5 p.m. today."],
    ["Chinese", "zh-CN", "今天天气很好。我们去公园吧！你来吗？"],
    ["Hindi", "hi-IN", "यह पहला वाक्य है। यह दूसरा है।"],
    ["Arabic", "ar-EG", "هذه جملة أولى. هل هذه ثانية؟ نعم."],
    ["mixed scripts", "en-US", "Hello 世界。Second שלום. 第三。"],
  ])("cuts %s at sentence ends only", (_, locale, text) => {
    const sentences = [...new Intl.Segmenter(locale, { granularity: "sentence" }).segment(text)];

    const parts = splitText(text, { maxSpeechMs: 2_000 }, locale);

    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join("")).toBe(text);
    const ends = sentences.map(({ index, segment }) => index + segment.length);
    let end = 0;
    for (const part of parts) {
      end += part.length;
      expect(ends).toContain(end);
    }
  });

  it("cuts a sentence that is too long at a clause, else at a space", () => {
    expect(splitText("alpha beta, gamma delta epsilon zeta", { maxSpeechMs: 1_200 })).toEqual([
      "alpha beta, ",
      "gamma delta ",
      "epsilon zeta",
    ]);
  });

  it("never cuts inside an emoji sequence or a letter with its marks", () => {
    const family = "👩‍👩‍👧‍👦";

    for (const part of splitText(family.repeat(40), { maxBytes: 300 })) {
      expect(part.length % family.length).toBe(0);
    }
  });

  it("keeps pace with a megabyte that is a single word", () => {
    const parts = splitText("a".repeat(1_000_000), SERVICE_PART_LIMITS);

    expect(parts.join("")).toHaveLength(1_000_000);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(2_000);
  });

  it("loses nothing that can be spoken and keeps every part within its bytes", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b ", ". ", "é", "语", "。", "😀", "&", "\n", "!") });
    fc.assert(
      fc.property(text, fc.integer({ min: 200, max: 400 }), (raw, maxBytes) => {
        const parts = splitSpeech(textVoice(raw), limits({ maxBytes }), "en-US");
        expect(withoutSpace(textsOf(parts).join(""))).toBe(withoutSpace(speakableText(raw)));
        for (const part of parts) {
          expect(Buffer.byteLength(part.map(serializeSsml).join(""))).toBeLessThanOrEqual(maxBytes + 60);
        }
      }),
    );
  });

  it("puts every piece into the elements that it stood in", () => {
    const inner =
      '<voice name="a"><prosody rate="+10%"><p>One is one.</p><p>Two is two.</p></prosody></voice>';

    expect(splitSsml(inner, { maxSpeechMs: 1_000 })).toEqual([
      '<voice name="a"><prosody rate="+10%"><p>One is one.</p></prosody></voice>',
      '<voice name="a"><prosody rate="+10%"><p>Two is two.</p></prosody></voice>',
    ]);
  });

  it("repeats the settings of a voice in each of its parts", () => {
    const inner =
      '<voice name="a"><mstts:silence type="Leading" value="0ms"/>One is one. Two is two.</voice>';

    for (const part of splitSsml(inner, { maxSpeechMs: 1_000 })) {
      expect(part).toContain("<mstts:silence");
    }
  });

  it("never divides a replaced word", () => {
    const inner = `<voice name="a">${'<sub alias="x">one two three</sub> '.repeat(20)}</voice>`;

    for (const part of splitSsml(inner, { maxBytes: 300 })) {
      expect(part).not.toMatch(/>(?!one two three<)\w+[^<]*<\/sub>/);
    }
  });

  it("keeps at most so many voices in a part", () => {
    const inner = '<voice name="a">Hi.</voice>'.repeat(7);

    const counts = splitSsml(inner, { maxVoices: 3 }).map((part) => part.match(/<voice/g)?.length);

    expect(counts).toEqual([3, 3, 1]);
  });

  it("counts pauses and a slow rate as time", () => {
    const inner = '<voice name="a">One.<break time="20s"/> Two.<break time="20s"/> Three.</voice>';

    expect(splitSsml(inner, { maxSpeechMs: 30_000 })).toHaveLength(2);
    expect(
      splitSsml('<voice name="a"><prosody rate="0.5">One is. Two is.</prosody></voice>', {
        maxSpeechMs: 1_300,
      }),
    ).toHaveLength(2);
  });
});
