import { buildTrie, childOf, NO_PATTERN, NO_STATE, ROOT, type Trie } from "./trie.ts";

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
    this.#shorter = new Int32Array(this.#trie.labels.length).fill(NO_STATE);
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
      if (patternAt[state] !== NO_PATTERN || this.#shorter[state] !== NO_STATE) {
        visit(index, state);
      }
    }
  }

  /** Indexes of the patterns that begin where the state was reached, the longest first. */
  *patternsOf(state: number): Generator<number> {
    for (let at = state; at > ROOT; at = this.#shorter[at] ?? NO_STATE) {
      const pattern = this.#trie.patternAt[at] ?? NO_PATTERN;
      if (pattern !== NO_PATTERN) {
        yield pattern;
      }
    }
  }

  #step(from: number, label: number): number {
    let state = from;
    for (;;) {
      const next = childOf(this.#trie, state, label);
      if (next !== NO_STATE) {
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
    const endsThere = this.#trie.patternAt[fallback] !== NO_PATTERN;
    this.#shorter[state] = endsThere ? fallback : (this.#shorter[fallback] ?? NO_STATE);
  }
}
