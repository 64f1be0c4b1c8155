import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SaxesSsmlParser } from "../../../../../src/adapters/ssml/saxes-ssml-parser.ts";
import { estimateWords } from "../../../../../src/domain/speech/timings/estimate-words.ts";
import { passageOf } from "../../../../../src/domain/speech/timings/passage.ts";
import { sentenceTimes } from "../../../../../src/domain/speech/timings/sentence-times.ts";
import { WordAligner } from "../../../../../src/domain/speech/timings/word-aligner.ts";

const parser = new SaxesSsmlParser();

function aligned(ssml: string, words: readonly string[]): readonly (string | undefined)[] {
  const aligner = new WordAligner(passageOf(parser.parse(ssml).children));
  return words.map((word) => {
    const place = aligner.place(word);
    return place && ssml.slice(place.source.offset, place.source.offset + place.source.length);
  });
}

describe("aligning the engine's words with the text", () => {
  it("finds each word at its own place, also when it occurs twice or inside another", () => {
    const ssml = "<speak>An ant can. Can an ant?</speak>";
    const aligner = new WordAligner(passageOf(parser.parse(ssml).children));

    const offsets = ["An", "ant", "can", "Can", "an", "ant"].map(
      (word) => aligner.place(word)?.source.offset,
    );

    expect(offsets).toEqual([7, 10, 14, 19, 23, 26]);
  });

  it("points words of an alias at what was written", () => {
    const ssml = '<speak>The <sub alias="World Health Organization">WHO</sub> said.</speak>';

    expect(aligned(ssml, ["The", "World", "Health", "Organization", "said"])).toEqual([
      "The",
      "WHO",
      "WHO",
      "WHO",
      "said",
    ]);
  });

  it("accepts an engine that reports an alias by what was written", () => {
    const ssml = '<speak>The <sub alias="World Health Organization">WHO</sub> said.</speak>';

    expect(aligned(ssml, ["The", "WHO", "said"])).toEqual(["The", "WHO", "said"]);
  });

  it("takes the next word for one that is read out differently", () => {
    expect(aligned("<speak>Chapter 12 begins.</speak>", ["Chapter", "twelve", "begins"])).toEqual([
      "Chapter",
      "12",
      "begins",
    ]);
  });

  it("finds words of scripts without spaces and behind character references", () => {
    expect(aligned("<speak>我们&amp;你们去公园</speak>", ["我们", "你们", "去", "公园"])).toEqual([
      "我们",
      "你们",
      "去",
      "公园",
    ]);
  });

  it("has no place for a word after the last one", () => {
    expect(aligned("<speak>One</speak>", ["One", "two"])).toEqual(["One", undefined]);
  });
});

describe("estimated words", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "bc", " ", ". ", ", ", "语", "é", "😀", "12") });

  it("follow each other inside the audio, whatever the text", () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 0, max: 60_000 }),
        (raw, startMs, lengthMs) => {
          const passage = passageOf([
            { kind: "text", text: raw, source: { kind: "linear", offset: 0, gaps: [] } },
          ]);
          const endMs = startMs + lengthMs;

          const words = estimateWords(passage, { startMs, endMs }, "en-US");

          let time = startMs;
          let place = 0;
          for (const word of words) {
            expect(word.startMs).toBeGreaterThanOrEqual(time);
            expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
            expect(word.start).toBeGreaterThanOrEqual(place);
            time = word.endMs;
            place = word.end;
          }
          expect(time).toBeLessThanOrEqual(endMs + 1);
        },
      ),
    );
  });

  it("give a longer word more time, and a pause after a sentence", () => {
    const passage = passageOf(parser.parse("<speak>I understand. Go on.</speak>").children);

    const words = estimateWords(passage, { startMs: 0, endMs: 2_000 }, "en-US");
    const lengths = words.map(({ startMs, endMs }) => endMs - startMs);
    const pauses = words.slice(1).map(({ startMs }, index) => startMs - (words[index]?.endMs ?? 0));

    expect(lengths[1]).toBeGreaterThan(lengths[0] ?? Infinity);
    expect(pauses.map((pause) => pause > 0)).toEqual([false, true, false]);
  });
});

describe("sentences", () => {
  it("last from their first word to their last", () => {
    const passage = passageOf(parser.parse("<speak>One two. Three four!</speak>").children);
    const words = estimateWords(passage, { startMs: 0, endMs: 4_000 }, "en-US");

    const sentences = sentenceTimes(passage.written, words, "en-US");

    expect(sentences.map(({ text }) => text)).toEqual(["One two.", "Three four!"]);
    expect(sentences.map(({ startMs }) => startMs)).toEqual([words[0]?.startMs, words[2]?.startMs]);
    expect(sentences[1]?.source).toEqual({ offset: 16, length: 10 });
  });
});
