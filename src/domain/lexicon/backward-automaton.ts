/** The state in which nothing has been read yet. */
const ROOT = 0;
const NONE = -1;

/** States of a trie in breadth-first order: the children of one state stand side by side, sorted by label. */
interface Trie {
  readonly labels: Uint16Array;
  /** Children of state `s` are `firstChild[s]` to `firstChild[s + 1]`, end exclusive. */
  readonly firstChild: Int32Array;
  readonly parents: Int32Array;
  /** Index of the pattern that ends in the state, or -1. */
  readonly patternAt: Int32Array;
}

/**
 * Finds many patterns in one pass over a text, in time that does not depend on how many there are.
 *
 * It reads from the end of the text to its start, so that at each place the longest pattern that *begins* there is known
 * at once; the shorter ones follow by links.
 *
 * @see Aho and Corasick, Efficient string matching, CACM 18 (1975): 333-340
 */
export class BackwardAutomaton {
  readonly #trie: Trie;
  /** State of the longest other pattern part that the text read so far agrees with. */
  readonly #fallback: Int32Array;
  /** Nearest state along the fallbacks in which a pattern ends, or -1. */
  readonly #shorter: Int32Array;

  /** @param patterns distinct and not empty. */
  constructor(patterns: readonly string[]) {
    this.#trie = buildTrie(patterns);
    this.#fallback = new Int32Array(this.#trie.labels.length);
    this.#shorter = new Int32Array(this.#trie.labels.length).fill(NONE);
    for (let state = 1; state < this.#trie.labels.length; state += 1) {
      this.#link(state);
    }
  }

  /** Calls `visit` for each unit at which patterns begin, the last one first, with a state for {@link patternsOf}. */
  scan(units: Uint16Array, visit: (index: number, state: number) => void): void {
    const { patternAt } = this.#trie;
    let state = ROOT;
    for (let index = units.length - 1; index >= 0; index -= 1) {
      state = this.#step(state, units[index] ?? 0);
      if (patternAt[state] !== NONE || this.#shorter[state] !== NONE) {
        visit(index, state);
      }
    }
  }

  /** Indexes of the patterns that begin where the state was reached, the longest first. */
  *patternsOf(state: number): Generator<number> {
    for (let at = state; at > ROOT; at = this.#shorter[at] ?? NONE) {
      const pattern = this.#trie.patternAt[at] ?? NONE;
      if (pattern !== NONE) {
        yield pattern;
      }
    }
  }

  #step(from: number, label: number): number {
    let state = from;
    for (;;) {
      const next = childOf(this.#trie, state, label);
      if (next !== NONE) {
        return next;
      }
      if (state === ROOT) {
        return ROOT;
      }
      state = this.#fallback[state] ?? ROOT;
    }
  }

  /** Needs the links of all states above. */
  #link(state: number): void {
    const parent = this.#trie.parents[state] ?? ROOT;
    const label = this.#trie.labels[state] ?? 0;
    const fallback = parent === ROOT ? ROOT : this.#step(this.#fallback[parent] ?? ROOT, label);
    this.#fallback[state] = fallback;
    const endsThere = this.#trie.patternAt[fallback] !== NONE;
    this.#shorter[state] = endsThere ? fallback : (this.#shorter[fallback] ?? NONE);
  }
}

/** @returns the state after one more unit, or -1. */
function childOf({ firstChild, labels }: Trie, state: number, label: number): number {
  let low = firstChild[state] ?? 0;
  let high = (firstChild[state + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = labels[middle] ?? 0;
    if (found === label) {
      return middle;
    }
    if (found < label) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return NONE;
}

/** One state after the other becomes the range of sorted patterns that begin with what it has read. */
function buildTrie(patterns: readonly string[]): Trie {
  const { units, offsets, order } = sortReversed(patterns);
  const capacity = units.length + 2;
  const labels = new Uint16Array(capacity);
  const parents = new Int32Array(capacity).fill(NONE);
  const patternAt = new Int32Array(capacity).fill(NONE);
  const firstChild = new Int32Array(capacity);
  const depths = new Int32Array(capacity);
  const from = new Int32Array(capacity);
  const to = new Int32Array(capacity);
  to[ROOT] = order.length;
  let count = 1;

  for (let state = ROOT; state < count; state += 1) {
    firstChild[state] = count;
    const depth = depths[state] ?? 0;
    const end = to[state] ?? 0;
    let at = from[state] ?? 0;
    if (at < end && (offsets[at + 1] ?? 0) - (offsets[at] ?? 0) === depth) {
      patternAt[state] = order[at] ?? NONE;
      at += 1;
    }
    while (at < end) {
      const label = units[(offsets[at] ?? 0) + depth] ?? 0;
      labels[count] = label;
      parents[count] = state;
      depths[count] = depth + 1;
      from[count] = at;
      do {
        at += 1;
      } while (at < end && units[(offsets[at] ?? 0) + depth] === label);
      to[count] = at;
      count += 1;
    }
  }
  firstChild[count] = count;
  return {
    labels: labels.slice(0, count),
    firstChild: firstChild.slice(0, count + 1),
    parents: parents.slice(0, count),
    patternAt: patternAt.slice(0, count),
  };
}

/** The patterns read backwards, sorted, one after the other: pattern `order[i]` is `units[offsets[i]]` to `units[offsets[i + 1]]`. */
function sortReversed(patterns: readonly string[]): {
  readonly units: Uint16Array;
  readonly offsets: Int32Array;
  readonly order: Int32Array;
} {
  const sorted = patterns.map((pattern, index) => ({ reversed: reverse(pattern), index }));
  sorted.sort((a, b) => (a.reversed < b.reversed ? -1 : 1));
  const units = new Uint16Array(sorted.reduce((total, { reversed }) => total + reversed.length, 0));
  const offsets = new Int32Array(sorted.length + 1);
  let end = 0;
  for (const [at, { reversed }] of sorted.entries()) {
    for (let i = 0; i < reversed.length; i += 1) {
      units[end + i] = reversed.charCodeAt(i);
    }
    end += reversed.length;
    offsets[at + 1] = end;
  }
  return { units, offsets, order: Int32Array.from(sorted, ({ index }) => index) };
}

function reverse(text: string): string {
  let reversed = "";
  for (let i = text.length - 1; i >= 0; i -= 1) {
    reversed += text.charAt(i);
  }
  return reversed;
}
