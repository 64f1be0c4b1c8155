import { describe, expect, it } from "vitest";
import { espeakMarkup } from "../../../../../local/speech/engine/espeak-markup.ts";
import { ItemTimes } from "../../../../../local/speech/engine/item-times.ts";
import { JobOutputs } from "../../../../../local/speech/engine/job-outputs.ts";
import type { SynthesisOutput } from "../../../../../local/speech/engine/synthesis-task.ts";
import { Timeline } from "../../../../../local/speech/engine/timeline.ts";
import { visemeOf } from "../../../../../local/speech/engine/visemes.ts";
import { normalProsody } from "../../../../../local/speech/plan/speech-plan.ts";
import type { Clause, ClauseItem, TimedEvent } from "../../../../../local/speech/plan/speech-plan.ts";
import { neutralSound } from "../../../../../local/speech/voice/voice-sound.ts";

describe("eSpeak's markup", () => {
  it("marks every word and bookmark, and escapes the text", () => {
    const items: ClauseItem[] = [word("A<b"), { kind: "bookmark", mark: "x" }, word("[[c]]")];

    expect(markup(items)).toBe('<mark name="0"/>A&lt;b <mark name="1"/> <mark name="2"/>  c  .');
  });

  it("asks for rate, pitch and emphasis", () => {
    const prosody = { rate: 0.5, pitch: 128 / 128 + 1, range: 1, emphasis: "strong" as const };

    expect(markup([{ ...word("a"), prosody }])).toBe(
      '<prosody rate="0.50" pitch="99" range="99"><emphasis level="strong"><mark name="0"/>a</emphasis></prosody>.',
    );
  });

  it("writes phones, and no terminator after spelled characters", () => {
    expect(markup([word("a", { kind: "phones", phones: ["t", "a"] })])).toContain('ph="t-a"></phoneme>.');
    expect(markup([word("a", { kind: "characters", text: "AB" })])).toMatch(/<\/say-as>$/);
  });
});

describe("the times of items", () => {
  it("put an item whose mark got lost between its neighbours", () => {
    const times = new ItemTimes(100);

    expect(times.reach(0, 120)).toEqual([{ index: 0, startMs: 120 }]);
    expect(times.reach(2, 220)).toEqual([
      { index: 1, startMs: 170 },
      { index: 2, startMs: 220 },
    ]);
    expect(times.reach(1, 300)).toEqual([]);
  });
});

describe("the timeline", () => {
  it("ends a word where the next one begins, and a sentence where its last word ends", () => {
    const events: TimedEvent[] = [];
    const timeline = new Timeline((event) => events.push(event));

    timeline.startSentence();
    timeline.startWord("a", 50);
    timeline.startWord("b", 150);
    timeline.endWord(400);
    timeline.endSentence("a b.", 400);

    expect(events).toEqual([
      { kind: "word", text: "a", startMs: 50, durationMs: 100 },
      { kind: "word", text: "b", startMs: 150, durationMs: 250 },
      { kind: "sentence", text: "a b.", startMs: 50, durationMs: 350 },
    ]);
  });
});

describe("visemes", () => {
  it.each([
    ["", 0],
    ["ˈæ", 1],
    ["iː", 6],
    ["ˈaɪ", 11],
    ["tʃ", 16],
    ["θ", 19],
    ["m", 21],
    ["əl", 1],
    ["ǃ", 1],
  ])("of the phone %j are pose %i", (phone, pose) => {
    expect(visemeOf(phone)).toBe(pose);
  });
});

describe("the outputs of a job", () => {
  it("come in the order of the reports, and end", async () => {
    const outputs = new JobOutputs();
    outputs.accept({ kind: "audio", jobId: 1, bytes: Uint8Array.of(1) });
    outputs.accept({ kind: "events", jobId: 1, events: [{ kind: "bookmark", mark: "a", startMs: 1 }] });
    outputs.accept({ kind: "end", jobId: 1, durationMs: 5 });

    const kinds = (await collected(outputs)).map(({ kind }) => kind);

    expect(kinds).toEqual(["audio", "bookmark", "end"]);
  });

  it("fail at once, with what is queued unread", async () => {
    const outputs = new JobOutputs();
    outputs.accept({ kind: "audio", jobId: 1, bytes: Uint8Array.of(1) });

    outputs.fail(new Error("gone"));

    await expect(collected(outputs)).rejects.toThrow("gone");
  });

  it("wake a reader who waits", async () => {
    const outputs = new JobOutputs();
    const read = collected(outputs);

    outputs.accept({ kind: "failed", jobId: 1, message: "no" });

    await expect(read).rejects.toThrow("no");
  });
});

function word(
  text: string,
  spoken: Extract<ClauseItem, { kind: "word" }>["spoken"] = { kind: "text", text },
): Extract<ClauseItem, { kind: "word" }> {
  return { kind: "word", text, spoken, prosody: normalProsody };
}

function markup(items: readonly ClauseItem[]): string {
  const clause: Clause = {
    kind: "clause",
    sound: neutralSound,
    language: "en-us",
    items,
    terminator: ".",
    gain: 1,
    emitsEvents: true,
  };
  return espeakMarkup(clause, (phones) => phones.join("-"));
}

async function collected(outputs: JobOutputs): Promise<readonly SynthesisOutput[]> {
  const all: SynthesisOutput[] = [];
  for await (const output of outputs) {
    all.push(output);
  }
  return all;
}
