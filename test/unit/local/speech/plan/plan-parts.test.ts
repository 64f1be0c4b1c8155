import { describe, expect, it } from "vitest";
import { compileSpeech } from "../../../../../local/speech/plan/compile-speech.ts";
import { planParts } from "../../../../../local/speech/plan/plan-parts.ts";
import type { PlanPart } from "../../../../../local/speech/plan/speech-plan.ts";
import { noCustomVoices } from "../../../../../local/speech/speech-state.ts";

const LEADING = "50 ms";
const TRAILING = "150 ms";

function plan(content: string): readonly PlanPart[] {
  const ssml =
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xmlns:mstts="http://www.w3.org/2001/mstts" ` +
    `xml:lang="en-US"><voice name="en-US-AvaMultilingualNeural">${content}</voice></speak>`;
  return planParts(compileSpeech(ssml, { state: noCustomVoices, deploymentId: undefined }).plan);
}

function heard(content: string): string[] {
  return plan(content).flatMap((part) => {
    switch (part.kind) {
      case "clause": {
        const words = part.items.map((item) => (item.kind === "word" ? item.text : `#${item.mark}`));
        return [words.join(" ") + part.terminator];
      }
      case "silence":
        return [`${part.durationMs} ms`];
      case "bookmark":
        return [`#${part.mark}`];
      case "punctuation":
      case "sentence-start":
      case "sentence-end":
        return [];
    }
  });
}

describe("planning speech", () => {
  it("pauses between clauses, sentences and paragraphs", () => {
    expect(heard("<p>One, two. Three</p><p>Four</p>")).toEqual([
      LEADING,
      "One,",
      "180 ms",
      "two.",
      "400 ms",
      "Three.",
      "650 ms",
      "Four.",
      TRAILING,
    ]);
  });

  it("lets a break override the pause of the text", () => {
    expect(heard('One.<break time="1s"/>Two <break strength="none"/>three')).toEqual([
      LEADING,
      "One.",
      "1000 ms",
      "Two,",
      "three.",
      TRAILING,
    ]);
  });

  it("adds up breaks that follow each other", () => {
    expect(heard('One<break time="1s"/><break time="500"/>two')).toEqual([
      LEADING,
      "One,",
      "1500 ms",
      "two.",
      TRAILING,
    ]);
  });

  it("keeps a clause together across elements that sound the same", () => {
    expect(heard('One <emphasis>two</emphasis> <prosody rate="2">three</prosody>.')).toEqual([
      LEADING,
      "One two three.",
      TRAILING,
    ]);
  });

  it("begins a new clause where volume or language change", () => {
    expect(heard('One <prosody volume="50">two</prosody> <lang xml:lang="de-DE">drei</lang>')).toEqual([
      LEADING,
      "One",
      "two",
      "drei.",
      TRAILING,
    ]);
  });

  it("puts bookmarks between the words", () => {
    expect(heard('<bookmark mark="a"/>One <bookmark mark="b"/>two.<bookmark mark="c"/>')).toEqual([
      LEADING,
      "#a",
      "One #b two.",
      "400 ms",
      "#c",
      TRAILING,
    ]);
  });

  it("speaks a substitute, and names the written words", () => {
    const [clause] = plan('<sub alias="by the way">BTW</sub>').filter((part) => part.kind === "clause");

    expect(clause?.items).toMatchObject([{ text: "BTW", spoken: { kind: "text", text: "by the way" } }]);
  });

  it("multiplies nested prosody and keeps it within what a voice can do", () => {
    const [clause] = plan(
      '<prosody rate="1.5" pitch="+20%"><prosody rate="3" pitch="+20%">a</prosody></prosody>',
    ).filter((part) => part.kind === "clause");

    expect(clause?.items).toMatchObject([{ prosody: { rate: 2, pitch: expect.closeTo(1.44) } }]);
  });

  it("cuts a text without punctuation into clauses of bounded length", () => {
    const clauses = plan("word ".repeat(500)).filter((part) => part.kind === "clause");

    expect(clauses.length).toBeGreaterThanOrEqual(10);
    expect(Math.max(...clauses.map(({ items }) => items.length))).toBeLessThanOrEqual(50);
  });
});
