import { BackwardAutomaton } from "./backward-automaton.ts";
import type { LexiconEntry } from "./lexicon-entry.ts";
import { NO_STATE } from "./trie.ts";
import {
  caselessFolding,
  type FoldedText,
  type Folding,
  foldString,
  foldStrings,
  foldText,
} from "./text-folding.ts";
import { endsWord, startsWord } from "./word-boundaries.ts";

/** Where a text has a pronunciation. Offsets are UTF-16 units of the text as given, end exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** All entries for this stretch, the one to prefer first. Never empty. */
  readonly candidates: readonly LexiconEntry[];
}

/** Entries whose graphemes differ in case only. */
interface Pattern {
  /** In folded units. */
  readonly length: number;
  /** The one to prefer first. */
  readonly entries: readonly SoughtEntry[];
}

interface SoughtEntry {
  readonly entry: LexiconEntry;
  /** Its grapheme with its case; undefined when any case will do. */
  readonly exact: string | undefined;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Finds entries in texts, all of them in one pass: without case first, and where one is found, as its entries ask. */
export class EntryFinder {
  readonly #locale: string;
  readonly #folding: Folding;
  readonly #automaton: BackwardAutomaton;
  /** By the index that the automaton has for them. */
  readonly #patterns: readonly Pattern[];
  readonly #findsParts: boolean;

  /** @param entries the one to prefer first. */
  constructor(entries: readonly LexiconEntry[], locale: string) {
    this.#locale = locale;
    this.#folding = caselessFolding(locale);
    this.#findsParts = entries.some(({ wholeWord }) => !wholeWord);
    const byPattern = groupedByPattern(entries, this.#folding);
    this.#patterns = Array.from(byPattern, ([pattern, same]) => ({ length: pattern.length, entries: same }));
    this.#automaton = new BackwardAutomaton([...byPattern.keys()]);
  }

  /** @returns the longest match at each place, from the end of the text to its start. */
  findBackwards(text: string): readonly Match[] {
    const folded = foldText(text, this.#folding);
    const matches: Match[] = [];
    this.#automaton.scan(folded.units, (index, state) => {
      const start = folded.starts[index] ?? 0;
      const isPartOfCharacter = index > 0 && folded.starts[index - 1] === start;
      if (isPartOfCharacter) {
        return;
      }
      const beginsWord = startsWord(text, start, this.#locale);
      if (!beginsWord && !this.#findsParts) {
        return;
      }
      for (let at = state; at !== NO_STATE; at = this.#automaton.shorter(at)) {
        const match = this.#matchAt(text, folded, { index, at, beginsWord });
        if (match !== undefined) {
          matches.push(match);
          return;
        }
      }
    });
    return matches;
  }

  #matchAt(
    text: string,
    folded: FoldedText,
    { index, at, beginsWord }: { readonly index: number; readonly at: number; readonly beginsWord: boolean },
  ): Match | undefined {
    const pattern = this.#patterns[this.#automaton.patternAt(at)];
    const stretch = pattern && stretchOf(folded, index, pattern.length);
    if (pattern === undefined || stretch === undefined) {
      return undefined;
    }
    const isWord = beginsWord && endsWord(text, stretch.end, this.#locale);
    const candidates = pattern.entries
      .filter((sought) => (isWord || !sought.entry.wholeWord) && hasCaseOf(sought, text, stretch))
      .map(({ entry }) => entry);
    return candidates.length === 0 ? undefined : { ...stretch, candidates };
  }
}

function groupedByPattern(
  entries: readonly LexiconEntry[],
  folding: Folding,
): ReadonlyMap<string, readonly SoughtEntry[]> {
  const byPattern = new Map<string, SoughtEntry[]>();
  const patterns = foldStrings(
    entries.map(({ grapheme }) => grapheme),
    folding,
  );
  for (const [index, entry] of entries.entries()) {
    const pattern = patterns[index] ?? "";
    const sought = { entry, exact: entry.caseSensitive ? foldString(entry.grapheme, "exact") : undefined };
    const same = byPattern.get(pattern);
    if (same) {
      same.push(sought);
    } else {
      byPattern.set(pattern, [sought]);
    }
  }
  byPattern.delete("");
  return byPattern;
}

function hasCaseOf({ exact }: SoughtEntry, text: string, { start, end }: Stretch): boolean {
  return exact === undefined || exact === foldString(text.slice(start, end), "exact");
}

/** @returns undefined when the pattern ends within a character of the text, as `s` does in `ß`. */
function stretchOf({ starts, ends }: FoldedText, index: number, length: number): Stretch | undefined {
  const last = index + length - 1;
  const start = starts[index];
  const end = ends[last];
  if (start === undefined || end === undefined || starts[last + 1] === starts[last]) {
    return undefined;
  }
  return { start, end };
}
