import { lexemeKey } from "../../domain/lexicon/lexeme-key.ts";
import type { Lexeme, LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import type { LexiconRef } from "./lexicon-name.ts";

export interface LexiconChange {
  /** New entries, and new versions of entries. */
  readonly put: readonly LexiconEntry[];
  /** Ids. */
  readonly remove: readonly string[];
}

/** All entries of a lexicon at one revision. */
export class LexiconSnapshot {
  readonly ref: LexiconRef;
  readonly revision: number;
  /** By id. */
  readonly entries: ReadonlyMap<string, LexiconEntry>;
  #byKey: ReadonlyMap<string, LexiconEntry> | undefined;

  constructor(ref: LexiconRef, revision: number, entries: ReadonlyMap<string, LexiconEntry>) {
    this.ref = ref;
    this.revision = revision;
    this.entries = entries;
  }

  /** The entry that matches the same words. */
  same(lexeme: Lexeme): LexiconEntry | undefined {
    this.#byKey ??= new Map(Array.from(this.entries.values(), (entry) => [lexemeKey(entry), entry]));
    return this.#byKey.get(lexemeKey(lexeme));
  }

  after({ put, remove }: LexiconChange): LexiconSnapshot {
    const entries = new Map(this.entries);
    for (const id of remove) {
      entries.delete(id);
    }
    for (const entry of put) {
      entries.set(entry.id, entry);
    }
    return new LexiconSnapshot(this.ref, this.revision + 1, entries);
  }
}
