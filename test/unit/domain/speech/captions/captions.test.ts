import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CaptionCue, captionCues } from "../../../../../src/domain/speech/captions/caption-cue.ts";
import { writeCaptions } from "../../../../../src/domain/speech/captions/write-captions.ts";
import type { TimedWord } from "../../../../../src/domain/speech/timings/timed-word.ts";

/** Each word lasts as long as given, without gaps. */
function spoken(written: string, wordMs = 300): readonly TimedWord[] {
  const words = [...new Intl.Segmenter("en", { granularity: "word" }).segment(written)].filter(
    ({ isWordLike }) => isWordLike,
  );
  return words.map(({ index, segment }, number) => ({
    start: index,
    end: index + segment.length,
    source: { offset: index, length: segment.length },
    startMs: number * wordMs,
    endMs: (number + 1) * wordMs,
  }));
}

const cuesOf = (written: string, wordMs?: number): readonly CaptionCue[] =>
  captionCues(written, spoken(written, wordMs));

const PARAGRAPH =
  "The quick brown fox jumps over the lazy dog, and nobody in the village seems to mind it at all. " +
  "Then it rests. A second paragraph of some length follows, so that more than two cues are needed here.";

describe("captions", () => {
  it("have at most two lines of 42 columns and 7 seconds", () => {
    for (const { lines, startMs, endMs } of cuesOf(PARAGRAPH)) {
      expect(lines.length).toBeLessThanOrEqual(2);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(42);
      expect(endMs - startMs).toBeLessThanOrEqual(7_000);
    }
  });

  it("end where a sentence ends, with its punctuation", () => {
    expect(cuesOf("One two. Three!").map(({ lines }) => lines)).toEqual([["One two."], ["Three!"]]);
  });

  it("go on after a title or an initial", () => {
    expect(cuesOf("Dr. J. Smith came. He left.").map(({ lines }) => lines)).toEqual([
      ["Dr. J. Smith came."],
      ["He left."],
    ]);
  });

  it("hold every word of the text once and in order", () => {
    const shown = cuesOf(PARAGRAPH)
      .flatMap(({ lines }) => lines)
      .join(" ");

    expect(shown).toBe(PARAGRAPH);
  });

  it("begin anew after a silence", () => {
    const [first, second] = spoken("one two");
    const late = second && { ...second, startMs: 5_000, endMs: 5_300 };

    const cues = captionCues(
      "one two",
      [first, late].filter((word) => word !== undefined),
    );

    expect(cues).toHaveLength(2);
  });

  it("count wide characters twice", () => {
    for (const { lines } of cuesOf("我".repeat(100), 100)) {
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(21);
    }
  });

  it("never overlap and never run backwards, whatever the words say", () => {
    const times = fc.array(fc.tuple(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 0, max: 2_000 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(times, (all) => {
        const written = all.map(() => "word").join(" ");
        const ascending = all.toSorted(([a], [b]) => a - b);
        const words = spoken(written).map((word, index) => {
          const [startMs = 0, lengthMs = 0] = ascending[index] ?? [];
          return { ...word, startMs, endMs: startMs + lengthMs };
        });

        let time = 0;
        for (const { startMs, endMs } of captionCues(written, words)) {
          expect(startMs).toBeGreaterThanOrEqual(time);
          expect(endMs).toBeGreaterThan(startMs);
          time = endMs;
        }
      }),
    );
  });

  it("are written as SRT", () => {
    const cues = [{ startMs: 3_661_001, endMs: 3_662_000, lines: ["One", "two"] }];

    expect(writeCaptions(cues, "srt")).toBe("1\n01:01:01,001 --> 01:01:02,000\nOne\ntwo\n");
  });

  it("are written as WebVTT, with its special characters escaped", () => {
    const cues = [{ startMs: 0, endMs: 59_999, lines: ["a < b & c"] }];

    expect(writeCaptions(cues, "vtt")).toBe("WEBVTT\n\n00:00:00.000 --> 00:00:59.999\na &lt; b &amp; c\n");
  });
});
