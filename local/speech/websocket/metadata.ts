import type { TimedEvent } from "../plan/speech-plan.ts";
import type { MetadataOptions } from "./synthesis-context.ts";

/** The service counts audio time in ticks of 100 ns. */
const TICKS_PER_MS = 10_000;

/** One item of `audio.metadata`. */
export interface MetadataItem {
  readonly Type: string;
  readonly Data: object;
}

/** The flag that asks for a kind of event. */
const FLAGS: Readonly<Record<TimedEvent["kind"], keyof MetadataOptions>> = {
  word: "wordBoundaryEnabled",
  punctuation: "punctuationBoundaryEnabled",
  sentence: "sentenceBoundaryEnabled",
  viseme: "visemeEnabled",
  bookmark: "bookmarkEnabled",
};

/** @returns undefined for an event that the client has not asked for. */
export function metadataOf(event: TimedEvent, options: MetadataOptions): MetadataItem | undefined {
  return options[FLAGS[event.kind]] === true ? itemOf(event) : undefined;
}

function itemOf(event: TimedEvent): MetadataItem {
  switch (event.kind) {
    case "word":
      return boundary("WordBoundary", event);
    case "punctuation":
      return boundary("PunctuationBoundary", event);
    case "sentence":
      return boundary("SentenceBoundary", event);
    case "viseme":
      return viseme(event);
    case "bookmark":
      return { Type: "Bookmark", Data: { Offset: ticks(event.startMs), Bookmark: event.mark } };
  }
}

export function sessionEnd(durationMs: number): MetadataItem {
  return { Type: "SessionEnd", Data: { Offset: ticks(durationMs) } };
}

type Boundary = Extract<TimedEvent, { readonly durationMs: number }>;

function boundary(boundaryType: string, { text, startMs, durationMs }: Boundary): MetadataItem {
  return {
    Type: boundaryType === "SentenceBoundary" ? boundaryType : "WordBoundary",
    Data: {
      Offset: ticks(startMs),
      Duration: ticks(durationMs),
      text: { Text: text, Length: text.length, BoundaryType: boundaryType },
    },
  };
}

function viseme({ visemeId, startMs }: Extract<TimedEvent, { kind: "viseme" }>): MetadataItem {
  return { Type: "Viseme", Data: { Offset: ticks(startMs), VisemeId: visemeId, IsLastAnimation: true } };
}

function ticks(durationMs: number): number {
  return Math.round(durationMs * TICKS_PER_MS);
}
