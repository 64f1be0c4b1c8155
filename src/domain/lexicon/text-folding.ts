import { languageOf } from "./locale.ts";

/** Which spellings count as one: `exact` keeps case, `turkic` pairs i with İ and ı with I. */
export type Folding = "exact" | "caseless" | "turkic";

/**
 * A text as the matcher reads it: canonically composed, perhaps without case, typographic apostrophes and hyphens made
 * plain, soft hyphens left out, each run of white space one blank.
 *
 * Unit `i` comes from the characters `starts[i]` to `ends[i]` (UTF-16 offsets, end exclusive) of the text as given. Units
 * that share their start come from one character and cannot be told apart in the text.
 */
export interface FoldedText {
  readonly units: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** A unit that folds to the one in the low 16 bits, which a {@link SPACE} has too. */
const SIMPLE = 1 << 16;
/** Folds to several units, or is half of a pair. */
const COMPLEX = 2 << 16;
/** Belongs to the character before it. */
const EXTENDER = 3 << 16;
const SPACE = 4 << 16;
const BLANK = 0x20;
/** Not there for the reader. */
const IGNORABLE = 5 << 16;
const KIND_MASK = 7 << 16;

const EXTENDER_PATTERN = /[\p{M}\u200D\u1160-\u11FF\uD7B0-\uD7FF]/u;
const SPACE_PATTERN = /\s/;
const IGNORABLE_PATTERN = /[\u00AD\u200B\u2060\uFEFF]/;
const APOSTROPHE_PATTERN = /[\u2018\u2019\u02BC\uFF07]/;
const HYPHEN_PATTERN = /[\u2010\u2011]/;
/** Not in any text: XML knows no NUL. */
const SEPARATOR = "\0";
/** What a call takes as arguments without filling the stack. */
const UNITS_PER_CALL = 4096;
const SPACE_RUN = /[\s\u00AD\u200B\u2060\uFEFF]+/y;
const CLUSTER = /[^][\p{M}\u200D\u1160-\u11FF\uD7B0-\uD7FF]*/uy;

/** Room for characters that fold to more than one unit. */
const SPARE_UNITS = 8;
/** Keys of uploads are folded by the thousands: they share one set of buffers. */
const SCRATCH_UNITS = 1024;
let scratch: Buffers | undefined;

/** What each unit is and becomes, filled in as texts bring it; 0 = not met yet. */
const tables = new Map<Folding, Uint32Array>();

/** @returns how words are told apart in this language when their case does not matter. */
export function caselessFolding(locale: string): Folding {
  const language = languageOf(locale);
  return language === "tr" || language === "az" ? "turkic" : "caseless";
}

export function foldText(text: string, folding: Folding): FoldedText {
  const spare = SPARE_UNITS + (text.length >> 4);
  const folder = new Folder(text, folding, buffersFor(text.length + spare));
  folder.run();
  return folder.result();
}

/** @returns each text folded, as a string. */
export function foldStrings(texts: readonly string[], folding: Folding): readonly string[] {
  return joinedUnits(foldText(texts.join(SEPARATOR), folding).units).split(SEPARATOR);
}

/** @returns the text folded, as a string. */
export function foldString(text: string, folding: Folding): string {
  scratch ??= buffersFor(SCRATCH_UNITS);
  const isShort = text.length + SPARE_UNITS <= SCRATCH_UNITS;
  const folder = new Folder(text, folding, isShort ? scratch : buffersFor(text.length + SPARE_UNITS));
  folder.run();
  return joinedUnits(folder.result().units);
}

function joinedUnits(units: Uint16Array): string {
  let joined = "";
  for (let at = 0; at < units.length; at += UNITS_PER_CALL) {
    joined += String.fromCharCode(...units.subarray(at, at + UNITS_PER_CALL));
  }
  return joined;
}

interface Buffers {
  readonly units: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

function buffersFor(length: number): Buffers {
  return {
    units: new Uint16Array(length),
    starts: new Uint32Array(length),
    ends: new Uint32Array(length),
  };
}

class Folder {
  readonly #text: string;
  readonly #folding: Folding;
  readonly #table: Uint32Array;
  #units: Uint16Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #count = 0;

  /** @param buffers are replaced by larger ones where they do not suffice. */
  constructor(text: string, folding: Folding, { units, starts, ends }: Buffers) {
    this.#text = text;
    this.#folding = folding;
    this.#table = tableFor(folding);
    this.#units = units;
    this.#starts = starts;
    this.#ends = ends;
  }

  run(): void {
    const { length } = this.#text;
    let at = 0;
    let entry = this.#entryAt(0);
    while (at < length) {
      const next = this.#entryAt(at + 1);
      if (isOneUnit(entry & KIND_MASK, next & KIND_MASK)) {
        this.#units[this.#count] = entry & 0xffff;
        this.#starts[this.#count] = at;
        this.#ends[this.#count] = at + 1;
        this.#count += 1;
        at += 1;
        entry = next;
      } else {
        at = this.#foldSlowly(at, entry & KIND_MASK);
        entry = this.#entryAt(at);
      }
    }
  }

  result(): FoldedText {
    return {
      units: this.#units.subarray(0, this.#count),
      starts: this.#starts.subarray(0, this.#count),
      ends: this.#ends.subarray(0, this.#count),
    };
  }

  /** @returns where to go on. */
  #foldSlowly(at: number, kind: number): number {
    if (kind === IGNORABLE) {
      return at + 1;
    }
    const end = endOfMatch(kind === SPACE ? SPACE_RUN : CLUSTER, this.#text, at);
    const folded = kind === SPACE ? " " : foldCluster(this.#text.slice(at, end), this.#folding);
    for (let i = 0; i < folded.length; i += 1) {
      this.#push(folded.charCodeAt(i), at, end);
    }
    return end;
  }

  /** 0 past the end. */
  #entryAt(at: number): number {
    const unit = this.#text.charCodeAt(at);
    const entry = this.#table[unit];
    return entry === undefined || entry === 0 ? this.#learn(unit) : entry;
  }

  #learn(unit: number): number {
    if (Number.isNaN(unit)) {
      return 0;
    }
    const entry = classify(unit, this.#folding);
    this.#table[unit] = entry;
    return entry;
  }

  /** Keeps room for the rest of the text, one unit for each of its own. */
  #push(unit: number, start: number, end: number): void {
    if (this.#count + 1 + this.#text.length - start > this.#units.length) {
      this.#grow();
    }
    this.#units[this.#count] = unit;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count += 1;
  }

  #grow(): void {
    const capacity = this.#units.length * 2;
    this.#units = copyInto(new Uint16Array(capacity), this.#units);
    this.#starts = copyInto(new Uint32Array(capacity), this.#starts);
    this.#ends = copyInto(new Uint32Array(capacity), this.#ends);
  }
}

/** Whether a unit folds to one without a look at what follows the next one: a letter without marks, a blank before one. */
function isOneUnit(kind: number, nextKind: number): boolean {
  return kind === SIMPLE ? nextKind !== EXTENDER : kind === SPACE && nextKind === SIMPLE;
}

function classify(unit: number, folding: Folding): number {
  const character = String.fromCharCode(unit);
  if (EXTENDER_PATTERN.test(character)) {
    return EXTENDER;
  }
  if (IGNORABLE_PATTERN.test(character)) {
    return IGNORABLE;
  }
  if (SPACE_PATTERN.test(character)) {
    return SPACE | BLANK;
  }
  const folded = foldCluster(character, folding);
  const isSimple = folded.length === 1 && (unit < 0xd800 || unit > 0xdfff);
  return isSimple ? SIMPLE | folded.charCodeAt(0) : COMPLEX;
}

function foldCluster(cluster: string, folding: Folding): string {
  const composed = plainPunctuation(cluster.normalize("NFC"));
  switch (folding) {
    case "exact":
      return composed;
    case "caseless":
      return withoutCase(composed).normalize("NFC");
    case "turkic":
      return withoutCase(composed.replace("I", "ı").replace("İ", "i")).normalize("NFC");
  }
}

/** Full case folding, which leaves ı alone: lower, upper and lower again makes ẞ, ß and SS one. */
function withoutCase(cluster: string): string {
  return cluster.startsWith("ı") ? cluster : cluster.toLowerCase().toUpperCase().toLowerCase();
}

function plainPunctuation(cluster: string): string {
  return cluster.replace(APOSTROPHE_PATTERN, "'").replace(HYPHEN_PATTERN, "-");
}

function tableFor(folding: Folding): Uint32Array {
  let table = tables.get(folding);
  if (table === undefined) {
    table = new Uint32Array(65_536);
    tables.set(folding, table);
  }
  return table;
}

function endOfMatch(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at + 1;
}

function copyInto<T extends Uint16Array | Uint32Array>(target: T, source: T): T {
  target.set(source);
  return target;
}
