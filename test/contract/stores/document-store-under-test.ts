import type {
  CollectionDefinition,
  DocumentCollection,
  DocumentQuery,
  StoredDocument,
} from "../../../src/application/ports/documents.ts";

export interface Note extends StoredDocument {
  readonly title: string;
  readonly rank: number;
  readonly label?: string | null;
  readonly tags?: Readonly<Record<string, string>>;
  readonly nested?: { readonly lines: readonly string[] };
}

/** A store to be tested; `definition` names a collection that does not exist yet. */
export interface DocumentStoreUnderTest {
  collection(definition: CollectionDefinition): Promise<DocumentCollection<Note>>;
  /** Lets the store's time pass. */
  advance(seconds: number): void;
}

let collections = 0;

export function newDefinition(): CollectionDefinition {
  collections += 1;
  return { name: `notes-${collections}-${process.pid}`, orderedBy: ["rank", "title"] };
}

export function note(id: string, fields: Partial<Note> = {}): Note {
  return {
    id,
    partition: "ada",
    createdAt: "2026-03-01T12:00:00.000Z",
    title: `Title of ${id}`,
    rank: 0,
    ...fields,
  };
}

export async function idsOfAllPages(
  notes: DocumentCollection<Note>,
  query: DocumentQuery,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof notes.query>> = await notes.query(
      cursor === null ? query : { ...query, cursor },
    );
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}
