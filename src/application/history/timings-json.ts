import type { TimedViseme, TimedWord } from "../../domain/speech/timings/timed-word.ts";
import type { SynthesisTimings } from "../synthesis/synthesis-result.ts";

/** Written with every file; another number is another layout. */
const LAYOUT = 1;

/** Numbers of one word: place in the text, place in the source, times. */
const WORD_NUMBERS = 6;

/** Timings with the text that the places of their words refer to. */
export interface StoredTimings extends SynthesisTimings {
  readonly written: string;
}

/** Timings as they are stored. */
export function timingsJson(timings: StoredTimings): Uint8Array {
  const { durationMs, timingSource, words, visemes, written } = timings;
  const stored = {
    layout: LAYOUT,
    written,
    durationMs,
    timingSource,
    words: words.map(({ start, end, source, startMs, endMs }) => [
      start,
      end,
      source.offset,
      source.length,
      startMs,
      endMs,
    ]),
    visemes: visemes.map(({ visemeId, startMs }) => [visemeId, startMs]),
  };
  return new TextEncoder().encode(JSON.stringify(stored));
}

/** @returns undefined for anything that {@link timingsJson} did not write. */
export function timingsFromJson(bytes: Uint8Array): StoredTimings | undefined {
  const stored = parsed(bytes);
  if (!isRecord(stored) || stored["layout"] !== LAYOUT || typeof stored["durationMs"] !== "number") {
    return undefined;
  }
  const { written } = stored;
  return {
    written: typeof written === "string" ? written : "",
    durationMs: stored["durationMs"],
    timingSource: stored["timingSource"] === "engine" ? "engine" : "estimated",
    words: rows(stored["words"], WORD_NUMBERS).map(wordOf),
    visemes: rows(stored["visemes"], 2).map(visemeOf),
  };
}

function wordOf([
  start = 0,
  end = 0,
  offset = 0,
  length = 0,
  startMs = 0,
  endMs = 0,
]: readonly number[]): TimedWord {
  return { start, end, source: { offset, length }, startMs, endMs };
}

function visemeOf([visemeId = 0, startMs = 0]: readonly number[]): TimedViseme {
  return { visemeId, startMs };
}

function rows(value: unknown, width: number): readonly (readonly number[])[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [];
  return all.filter((row): row is readonly number[] => isNumbers(row) && row.length === width);
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return value;
  } catch {
    return undefined;
  }
}
