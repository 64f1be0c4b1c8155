import { buildTrie, childOf, NO_PATTERN, NO_STATE, ROOT, type Trie } from "./trie.ts";

/** Of the table of transitions: half a megabyte. */
const MAX_TABLE_CELLS = 131_072;
/** Class of the units that no pattern has. */
const FOREIGN = 0;

/**
 * Finds many patterns in one pass over a text, in time that does not depend on how many there are.
 *
 * It reads from the end of the text to its start, so that at each place the longest pattern that *begins* there is known
 * at once; the shorter ones follow by links. The states near the root, where a text spends most of its time, have all
 * their transitions in a table.
 *
 * @see Aho and Corasick, Efficient string matching, CACM 18 (1975): 333-340
 */
export class BackwardAutomaton {
  readonly #trie: Trie;
  /** State of the longest other pattern part that the text read so far agrees with. */
  readonly #fallback: Int32Array;
  /** Nearest state along the fallbacks in which a pattern ends, or -1. */
  readonly #shorter: Int32Array;
  /** 1 for states in which, or in whose fallbacks, a pattern ends. */
  readonly #hasPattern: Uint8Array;
  /** Class of each unit; units past its end are {@link FOREIGN}. */
  readonly #classes: Uint16Array;
  readonly #classCount: number;
  /** State after one more unit: `#table[state * #classCount + class]`, for the first states. */
  readonly #table: Int32Array;
  readonly #tabledStates: number;

  /** @param patterns distinct and not empty. */
  constructor(patterns: readonly string[]) {
    this.#trie = buildTrie(patterns);
    const stateCount = this.#trie.labels.length;
    this.#fallback = new Int32Array(stateCount);
    this.#shorter = new Int32Array(stateCount).fill(NO_STATE);
    this.#hasPattern = new Uint8Array(stateCount);
    const { classes, count } = classify(this.#trie.labels);
    this.#classes = classes;
    this.#classCount = count;
    this.#tabledStates = Math.min(stateCount, Math.max(1, Math.floor(MAX_TABLE_CELLS / count)));
    this.#table = new Int32Array(this.#tabledStates * count);
    this.#fillRow(ROOT);
    for (let state = 1; state < stateCount; state += 1) {
      this.#link(state);
      this.#fillRow(state);
    }
  }

  /** Calls `visit` for each unit at which patterns begin, the last one first, with the state of the longest pattern part there. */
  scan(units: Uint16Array, visit: (index: number, state: number) => void): void {
    let state = ROOT;
    for (let index = units.length - 1; index >= 0; index -= 1) {
      state = this.#step(state, units[index] ?? 0);
      if (this.#hasPattern[state] === 1) {
        visit(index, state);
      }
    }
  }

  /** @returns the index of the pattern that the state ends with, or {@link NO_PATTERN}. */
  patternAt(state: number): number {
    return this.#trie.patternAt[state] ?? NO_PATTERN;
  }

  /** @returns the state of the next shorter pattern that begins at the same place, or {@link NO_STATE}. */
  shorter(state: number): number {
    return this.#shorter[state] ?? NO_STATE;
  }

  #step(from: number, unit: number): number {
    const unitClass = this.#classes[unit] ?? FOREIGN;
    if (unitClass === FOREIGN) {
      return ROOT;
    }
    let state = from;
    while (state >= this.#tabledStates) {
      const next = childOf(this.#trie, state, unit);
      if (next !== NO_STATE) {
        return next;
      }
      state = this.#fallback[state] ?? ROOT;
    }
    return this.#table[state * this.#classCount + unitClass] ?? ROOT;
  }

  /** Needs the links and rows of all states above. */
  #link(state: number): void {
    const parent = this.#trie.parents[state] ?? ROOT;
    const label = this.#trie.labels[state] ?? 0;
    const fallback = parent === ROOT ? ROOT : this.#step(this.#fallback[parent] ?? ROOT, label);
    this.#fallback[state] = fallback;
    const endsThere = this.patternAt(fallback) !== NO_PATTERN;
    const shorter = endsThere ? fallback : this.shorter(fallback);
    this.#shorter[state] = shorter;
    this.#hasPattern[state] = shorter !== NO_STATE || this.patternAt(state) !== NO_PATTERN ? 1 : 0;
  }

  /** What has no child goes where the fallback goes. */
  #fillRow(state: number): void {
    if (state >= this.#tabledStates) {
      return;
    }
    const { firstChild, labels } = this.#trie;
    const row = state * this.#classCount;
    const fallbackRow = (this.#fallback[state] ?? ROOT) * this.#classCount;
    if (state !== ROOT) {
      this.#table.copyWithin(row, fallbackRow, fallbackRow + this.#classCount);
    }
    const end = firstChild[state + 1] ?? 0;
    for (let child = firstChild[state] ?? 0; child < end; child += 1) {
      this.#table[row + (this.#classes[labels[child] ?? 0] ?? FOREIGN)] = child;
    }
  }
}

/** Numbers the units that occur, from 1. */
function classify(labels: Uint16Array): { readonly classes: Uint16Array; readonly count: number } {
  const highest = labels.reduce((most, label) => Math.max(most, label), 0);
  const classes = new Uint16Array(highest + 1);
  let count = 1;
  for (const label of labels.subarray(1)) {
    if (classes[label] === FOREIGN) {
      classes[label] = count;
      count += 1;
    }
  }
  return { classes, count };
}
