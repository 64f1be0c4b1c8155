import { BackwardAutomaton } from "./backward-automaton.ts";
import type { LexiconEntry } from "./lexicon-entry.ts";
import { NO_STATE } from "./trie.ts";
import { type FoldedText, type Folding, foldStrings } from "./text-folding.ts";
import { endsWord, startsWord } from "./word-boundaries.ts";

/** Where a text has a pronunciation. Offsets are UTF-16 units of the text as given, end exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** All entries for this stretch, the one to prefer first. Never empty. */
  readonly candidates: readonly LexiconEntry[];
}

/** Entries that are looked for in the same way. */
export interface MatchGroup {
  readonly folding: Folding;
  readonly wholeWord: boolean;
  readonly automaton: BackwardAutomaton;
  /** Folded length and entries of each pattern of the automaton. */
  readonly patterns: readonly { readonly length: number; readonly entries: readonly LexiconEntry[] }[];
}

interface Place {
  readonly text: string;
  readonly locale: string;
}

export function makeGroup(
  entries: readonly LexiconEntry[],
  { folding, wholeWord }: { readonly folding: Folding; readonly wholeWord: boolean },
): readonly MatchGroup[] {
  if (entries.length === 0) {
    return [];
  }
  const byPattern = new Map<string, LexiconEntry[]>();
  const folded = foldStrings(
    entries.map(({ grapheme }) => grapheme),
    folding,
  );
  for (const [index, entry] of entries.entries()) {
    const pattern = folded[index] ?? "";
    const same = byPattern.get(pattern);
    if (same) {
      same.push(entry);
    } else {
      byPattern.set(pattern, [entry]);
    }
  }
  byPattern.delete("");
  const patterns = [...byPattern].map(([pattern, same]) => ({ length: pattern.length, entries: same }));
  return [{ folding, wholeWord, patterns, automaton: new BackwardAutomaton([...byPattern.keys()]) }];
}

/** @returns the longest match at each place, from the end of the text to its start. */
export function findInGroup(group: MatchGroup, folded: FoldedText, place: Place): readonly Match[] {
  const matches: Match[] = [];
  group.automaton.scan(folded.units, (index, state) => {
    const start = folded.starts[index] ?? 0;
    const isPartOfCharacter = index > 0 && folded.starts[index - 1] === start;
    if (isPartOfCharacter || (group.wholeWord && !startsWord(place.text, start, place.locale))) {
      return;
    }
    for (let at = state; at !== NO_STATE; at = group.automaton.shorter(at)) {
      const match = matchAt(group, folded, { index, patternIndex: group.automaton.patternAt(at) });
      if (match && (!group.wholeWord || endsWord(place.text, match.end, place.locale))) {
        matches.push(match);
        return;
      }
    }
  });
  return matches;
}

/** @returns undefined when there is no such pattern, or it ends within a character of the text, as `s` does in `ß`. */
function matchAt(
  { patterns }: MatchGroup,
  { starts, ends }: FoldedText,
  { index, patternIndex }: { readonly index: number; readonly patternIndex: number },
): Match | undefined {
  const pattern = patterns[patternIndex];
  const last = index + (pattern?.length ?? 0) - 1;
  const start = starts[index];
  const end = ends[last];
  if (
    pattern === undefined ||
    start === undefined ||
    end === undefined ||
    starts[last + 1] === starts[last]
  ) {
    return undefined;
  }
  return { start, end, candidates: pattern.entries };
}
