/** The state in which nothing has been read yet. */
export const ROOT = 0;
export const NO_STATE = -1;
export const NO_PATTERN = -1;

/** Patterns read backwards, as states in breadth-first order: the children of a state stand side by side, sorted. */
export interface Trie {
  /** The unit that leads to each state. */
  readonly labels: Uint16Array;
  readonly parents: Int32Array;
  /** Children of state `s` are `firstChild[s]` to `firstChild[s + 1]`, end exclusive. */
  readonly firstChild: Int32Array;
  /** Index of the pattern that ends in the state, or {@link NO_PATTERN}. */
  readonly patternAt: Int32Array;
}

/** @param patterns distinct and not empty. */
export function buildTrie(patterns: readonly string[]): Trie {
  const builder = new TrieBuilder(sortReversed(patterns));
  return builder.build();
}

/** @returns the state after one more unit, or {@link NO_STATE}. */
export function childOf({ firstChild, labels }: Trie, state: number, label: number): number {
  let low = at(firstChild, state);
  let high = at(firstChild, state + 1) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = at(labels, middle);
    if (found === label) {
      return middle;
    }
    if (found < label) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return NO_STATE;
}

/** Pattern `order[i]` backwards is `units[offsets[i]]` to `units[offsets[i + 1]]`, end exclusive. */
interface SortedPatterns {
  readonly units: Uint16Array;
  readonly offsets: Int32Array;
  readonly order: Int32Array;
}

class TrieBuilder {
  readonly #patterns: SortedPatterns;
  readonly #labels: Uint16Array;
  readonly #parents: Int32Array;
  readonly #firstChild: Int32Array;
  readonly #patternAt: Int32Array;
  readonly #depths: Int32Array;
  /** The patterns that begin with what a state has read are `from[state]` to `to[state]`, end exclusive. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #count = 1;

  constructor(patterns: SortedPatterns) {
    const capacity = patterns.units.length + 2;
    this.#patterns = patterns;
    this.#labels = new Uint16Array(capacity);
    this.#parents = new Int32Array(capacity);
    this.#firstChild = new Int32Array(capacity);
    this.#patternAt = new Int32Array(capacity).fill(NO_PATTERN);
    this.#depths = new Int32Array(capacity);
    this.#from = new Int32Array(capacity);
    this.#to = new Int32Array(capacity);
    this.#to[ROOT] = patterns.order.length;
  }

  build(): Trie {
    for (let state = ROOT; state < this.#count; state += 1) {
      this.#firstChild[state] = this.#count;
      this.#addChildren(state);
    }
    this.#firstChild[this.#count] = this.#count;
    return {
      labels: this.#labels.slice(0, this.#count),
      parents: this.#parents.slice(0, this.#count),
      firstChild: this.#firstChild.slice(0, this.#count + 1),
      patternAt: this.#patternAt.slice(0, this.#count),
    };
  }

  #addChildren(parent: number): void {
    const depth = at(this.#depths, parent);
    const to = at(this.#to, parent);
    let next = at(this.#from, parent);
    if (next < to && this.#lengthOf(next) === depth) {
      this.#patternAt[parent] = at(this.#patterns.order, next);
      next += 1;
    }
    while (next < to) {
      const state = this.#count;
      const label = this.#unitOf(next, depth);
      this.#count += 1;
      this.#labels[state] = label;
      this.#parents[state] = parent;
      this.#depths[state] = depth + 1;
      this.#from[state] = next;
      do {
        next += 1;
      } while (next < to && this.#unitOf(next, depth) === label);
      this.#to[state] = next;
    }
  }

  #lengthOf(pattern: number): number {
    return at(this.#patterns.offsets, pattern + 1) - at(this.#patterns.offsets, pattern);
  }

  #unitOf(pattern: number, depth: number): number {
    return at(this.#patterns.units, at(this.#patterns.offsets, pattern) + depth);
  }
}

function sortReversed(patterns: readonly string[]): SortedPatterns {
  const sorted = patterns.map((pattern, index) => ({ reversed: reverse(pattern), index }));
  sorted.sort((a, b) => (a.reversed < b.reversed ? -1 : 1));
  const units = new Uint16Array(sorted.reduce((total, { reversed }) => total + reversed.length, 0));
  const offsets = new Int32Array(sorted.length + 1);
  let end = 0;
  for (const [index, { reversed }] of sorted.entries()) {
    for (let i = 0; i < reversed.length; i += 1) {
      units[end + i] = reversed.charCodeAt(i);
    }
    end += reversed.length;
    offsets[index + 1] = end;
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

function at(numbers: Int32Array | Uint16Array, index: number): number {
  return numbers[index] ?? 0;
}
