import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type LexiconEntry, replacementOf } from "../../domain/lexicon/lexicon-entry.ts";
import type { LexiconParts } from "./lexicon-parts.ts";
import type { LexiconReader } from "./lexicon-reader.ts";

export interface ListEntriesQuery {
  /** Default: all lexicons. */
  readonly lexicon?: string | undefined;
  readonly locale?: string | undefined;
  readonly kind?: "alias" | "phoneme" | undefined;
  /** Text in the grapheme, the pronunciation or the notes; case does not matter. */
  readonly q?: string | undefined;
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface EntryPage {
  readonly items: readonly LexiconEntry[];
  readonly nextCursor: string | null;
}

/** The principal's own entries, newest first. @throws {@link ServiceError} `cursor-invalid`. */
export type ListLexiconEntries = (principal: Principal, query: ListEntriesQuery) => Promise<EntryPage>;

/** The last entry of a page: the next page begins after it, whatever has changed since. */
interface Position {
  readonly createdAt: string;
  readonly id: string;
}

export function makeListLexiconEntries({ reader }: LexiconParts): ListLexiconEntries {
  return async (principal, query) => {
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const entries = await ownEntries(reader, principal, query.lexicon);
    const found = entries.filter(
      (entry) => isWanted(entry, query) && (after === undefined || newestFirst(after, entry) < 0),
    );
    const items = found.toSorted(newestFirst).slice(0, query.limit);
    const last = items.at(-1);
    const hasMore = last !== undefined && found.length > items.length;
    return { items, nextCursor: hasMore ? writeCursor(last) : null };
  };
}

async function ownEntries(
  reader: LexiconReader,
  { id: ownerId }: Principal,
  lexicon: string | undefined,
): Promise<readonly LexiconEntry[]> {
  const names = lexicon === undefined ? (await reader.heads(ownerId)).map(({ name }) => name) : [lexicon];
  const lexicons = await Promise.all(names.map((name) => reader.current({ ownerId, name })));
  return lexicons.flatMap((current) => [...(current?.snapshot.entries.values() ?? [])]);
}

function isWanted(entry: LexiconEntry, { locale, kind, q }: ListEntriesQuery): boolean {
  if (locale !== undefined && entry.locale.toLowerCase() !== locale.toLowerCase()) {
    return false;
  }
  if (kind !== undefined && entry.pronunciation.kind !== kind) {
    return false;
  }
  return (
    q === undefined ||
    [entry.grapheme, replacementOf(entry.pronunciation), entry.notes].some((text) =>
      text.toLowerCase().includes(q.toLowerCase()),
    )
  );
}

function newestFirst(a: Position, b: Position): number {
  return compare(b.createdAt, a.createdAt) || compare(b.id, a.id);
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function writeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt} ${id}`).toString("base64url");
}

function readCursor(cursor: string): Position {
  const [createdAt, id, ...rest] = Buffer.from(cursor, "base64url").toString().split(" ");
  if (createdAt === undefined || id === undefined || rest.length > 0 || Number.isNaN(Date.parse(createdAt))) {
    throw new ServiceError("cursor-invalid", "The cursor is not one of this list's.");
  }
  return { createdAt, id };
}
