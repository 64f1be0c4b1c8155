import type { TimedBookmark, TimedViseme, TimedWord } from "../../domain/speech/timings/timed-word.ts";
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
  const { durationMs, timingSource, words, visemes, bookmarks, written } = timings;
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
    bookmarks: bookmarks.map(({ mark, timeMs }) => [mark, timeMs]),
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
    bookmarks: listOf(stored["bookmarks"]).filter(isBookmark).map(bookmarkOf),
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

type BookmarkRow = readonly [mark: string, timeMs: number];

function bookmarkOf([mark, timeMs]: BookmarkRow): TimedBookmark {
  return { mark, timeMs };
}

function isBookmark(row: unknown): row is BookmarkRow {
  return Array.isArray(row) && typeof row[0] === "string" && typeof row[1] === "number";
}

function rows(value: unknown, width: number): readonly (readonly number[])[] {
  return listOf(value).filter((row): row is readonly number[] => isNumbers(row) && row.length === width);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
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
