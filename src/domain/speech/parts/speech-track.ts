import { breakTimeMs, rateFactor } from "../ssml/ssml-values.ts";
import type { SsmlElement, SsmlNode } from "../ssml/ssml-tree.ts";

/** Text inside them is never divided. */
const ATOMIC = ["sub", "phoneme", "say-as", "emphasis"];

/** Where text ends in any case. */
const PARAGRAPHS = ["voice", "p"];
const DEFAULT_BREAK_MS = 750;
const MS_PER_CHARACTER = 75;
const MS_PER_SYLLABIC_CHARACTER = 250;
const SYLLABIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Bytes in UTF-8 and XML of the characters that need more than one. */
const ESCAPED_BYTES: Readonly<Record<string, number>> = { "&": 5, "<": 4, ">": 4, "\r": 5 };

/**
 * The text of a document as one line on which it can be cut, with what each stretch of it costs. Positions are UTF-16
 * code units of `text`.
 */
export class SpeechTrack {
  readonly text: string;
  /** Sums up to each position: index 0 is 0, and there is one more than characters. */
  readonly #bytes: Float64Array;
  readonly #speechMs: Float64Array;
  /** Where voices begin, ascending. */
  readonly voiceStarts: readonly number[];
  /** Ends of paragraphs and of voices, ascending. */
  readonly paragraphEnds: readonly number[];
  /** Stretches that must stay whole, ascending: `[start, end)`. */
  readonly wholes: readonly (readonly [number, number])[];

  constructor(nodes: readonly SsmlNode[]) {
    const recorder = new TrackRecorder();
    recorder.walk(nodes, 1);
    this.text = recorder.text();
    this.voiceStarts = recorder.voiceStarts;
    this.paragraphEnds = recorder.paragraphEnds;
    this.wholes = recorder.wholes;
    this.#bytes = summed(this.text.length, recorder.bytesAt);
    this.#speechMs = summed(this.text.length, recorder.speechMsAt);
  }

  bytesBetween(start: number, end: number): number {
    return (this.#bytes[end] ?? 0) - (this.#bytes[start] ?? 0);
  }

  speechMsBetween(start: number, end: number): number {
    return (this.#speechMs[end] ?? 0) - (this.#speechMs[start] ?? 0);
  }
}

class TrackRecorder {
  readonly #pieces: string[] = [];
  readonly bytesAt: number[] = [];
  readonly speechMsAt: number[] = [];
  readonly voiceStarts: number[] = [];
  readonly paragraphEnds: number[] = [];
  readonly wholes: [number, number][] = [];
  #length = 0;

  text(): string {
    return this.#pieces.join("");
  }

  walk(nodes: readonly SsmlNode[], slowness: number): void {
    for (const node of nodes) {
      if (node.kind === "text") {
        this.#addText(node.text, slowness);
      } else {
        this.#addElement(node, slowness);
      }
    }
  }

  #addElement(element: SsmlElement, slowness: number): void {
    const start = this.#length;
    if (element.name === "voice") {
      this.voiceStarts.push(start);
    }
    this.#charge(markupBytes(element), pauseMs(element));
    this.walk(element.children, slowness / (rateFactor(element.attributes["rate"] ?? "1") ?? 1));
    if (ATOMIC.includes(element.name) && this.#length > start) {
      this.wholes.push([start, this.#length]);
    }
    if (PARAGRAPHS.includes(element.name)) {
      this.paragraphEnds.push(this.#length);
    }
  }

  #addText(text: string, slowness: number): void {
    for (let index = 0; index < text.length; index++) {
      const unit = text.charAt(index);
      this.#charge(byteLength(unit), 0);
      const ms = SYLLABIC.test(unit) ? MS_PER_SYLLABIC_CHARACTER : MS_PER_CHARACTER;
      this.speechMsAt[this.#length] = (this.speechMsAt[this.#length] ?? 0) + ms * slowness;
      this.#length++;
    }
    this.#pieces.push(text);
  }

  /** Markup and pauses count with the character that follows. */
  #charge(bytes: number, ms: number): void {
    this.bytesAt[this.#length] = (this.bytesAt[this.#length] ?? 0) + bytes;
    this.speechMsAt[this.#length] = (this.speechMsAt[this.#length] ?? 0) + ms;
  }
}

function summed(length: number, costs: readonly number[]): Float64Array {
  const sums = new Float64Array(length + 1);
  for (let index = 0; index < length; index++) {
    sums[index + 1] = (sums[index] ?? 0) + (costs[index] ?? 0);
  }
  return sums;
}

/** Each half of a surrogate pair counts for two of its four bytes. */
function byteLength(unit: string): number {
  const code = unit.charCodeAt(0);
  if (code < 0x80) {
    return ESCAPED_BYTES[unit] ?? 1;
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < 0x800 || isSurrogate ? 2 : 3;
}

/** Upper bound: three bytes for each character of a name or value. */
function markupBytes({ name, attributes }: SsmlElement): number {
  const values = Object.entries(attributes).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return 2 * name.length + 8 + 3 * values + 4 * Object.keys(attributes).length;
}

function pauseMs({ name, attributes }: SsmlElement): number {
  if (name === "break") {
    return breakTimeMs(attributes["time"] ?? "") ?? DEFAULT_BREAK_MS;
  }
  return name === "sub" ? (attributes["alias"] ?? "").length * MS_PER_CHARACTER : 0;
}
