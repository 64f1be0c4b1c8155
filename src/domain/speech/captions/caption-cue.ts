import { countCodePoints } from "../billed-characters.ts";
import type { TimedWord } from "../timings/timed-word.ts";

/** One caption on the screen. */
export interface CaptionCue {
  readonly startMs: number;
  readonly endMs: number;
  /** One or two. */
  readonly lines: readonly string[];
}

/** @see https://www.bbc.co.uk/accessibility/forproducts/guides/subtitles for lines of about 42 columns and two of them */
const MAX_LINE_COLUMNS = 42;
const MAX_LINES = 2;
const MAX_CUE_MS = 7_000;

/** A silence this long ends a cue. */
const GAP_MS = 1_200;

const ENDS_SENTENCE = /[.!?…。！？।؟]["'”’»)\]]*$/u;

/** `Dr.`, `St.`, `J.`: the sentence goes on. */
const ENDS_WITH_TITLE = /(?:^|\s)\p{Lu}\p{Ll}{0,2}\.$/u;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFF60]/gu;

interface Group {
  readonly text: string;
  readonly words: readonly TimedWord[];
}

/**
 * Divides spoken words into captions: at most two lines of 42 columns and 7 s, ended by sentences and silences, one after
 * another without overlap.
 *
 * @param written the text that the words' places refer to.
 */
export function captionCues(written: string, words: readonly TimedWord[]): readonly CaptionCue[] {
  const groups: Group[] = [];
  for (const [index, word] of words.entries()) {
    const last = groups.at(-1);
    const joined = last && joinedGroup(last, word, textOf(written, last.words[0] ?? word, words[index + 1]));
    if (joined === undefined) {
      groups.push({ words: [word], text: textOf(written, word, words[index + 1]) });
    } else {
      groups[groups.length - 1] = joined;
    }
  }
  return withoutOverlap(groups.filter(({ text }) => text !== "").map(cueOf));
}

/** @returns undefined when the word begins a new cue. */
function joinedGroup(group: Group, word: TimedWord, text: string): Group | undefined {
  const first = group.words[0] ?? word;
  const last = group.words.at(-1) ?? word;
  const isFull = word.endMs - first.startMs > MAX_CUE_MS || word.startMs - last.endMs > GAP_MS;
  const isSentence = ENDS_SENTENCE.test(group.text) && !ENDS_WITH_TITLE.test(group.text);
  if (isFull || isSentence || linesOf(text).length > MAX_LINES) {
    return undefined;
  }
  return { text, words: [...group.words, word] };
}

/** From the first word up to the one after the last, so that punctuation stays with its word. */
function textOf(written: string, first: TimedWord, next: TimedWord | undefined): string {
  return written
    .slice(first.start, next?.start ?? written.length)
    .replace(/\s+/gu, " ")
    .trim();
}

function cueOf({ text, words }: Group): CaptionCue {
  return { startMs: words[0]?.startMs ?? 0, endMs: words.at(-1)?.endMs ?? 0, lines: linesOf(text) };
}

/** A cue ends before the next begins and lasts at least 1 ms. */
function withoutOverlap(cues: readonly CaptionCue[]): readonly CaptionCue[] {
  let endMs = 0;
  return cues.map((cue, index) => {
    const startMs = Math.max(cue.startMs, endMs);
    const limitMs = Math.max(startMs + 1, cues[index + 1]?.startMs ?? Infinity);
    endMs = Math.min(Math.max(cue.endMs, startMs + 1), limitMs);
    return { ...cue, startMs, endMs };
  });
}

function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of piecesOf(text)) {
    if (line !== "" && columnsOf(line + piece.trimEnd()) > MAX_LINE_COLUMNS) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].filter((each) => each !== "");
}

/** Words with the space behind them; wide characters and very long words may be broken anywhere. */
function piecesOf(text: string): readonly string[] {
  const words = text.match(/\S+\s*/gu) ?? [];
  return words.flatMap((word) =>
    columnsOf(word) > MAX_LINE_COLUMNS || word.search(WIDE) !== -1
      ? [...new Intl.Segmenter().segment(word)].map(({ segment }) => segment)
      : [word],
  );
}

function columnsOf(text: string): number {
  return countCodePoints(text) + (text.match(WIDE)?.length ?? 0);
}
