import type { DocumentWriteOptions, StoredDocument, Versioned } from "../../application/ports/documents.ts";

/** What Cosmos DB adds to a document; `ttl` is the time to live, written by {@link storedForm}. */
const SYSTEM_FIELDS: ReadonlySet<string> = new Set(["_rid", "_self", "_etag", "_attachments", "_ts", "ttl"]);

/** What a read gives: the document among the system's fields. */
export interface CosmosDocument {
  readonly _etag: string;
}

/** A document as it goes into a container. */
export function storedForm(
  document: StoredDocument,
  { timeToLiveSeconds }: DocumentWriteOptions,
): StoredDocument {
  const stored = { ...document, ...(timeToLiveSeconds !== undefined && { ttl: timeToLiveSeconds }) };
  Reflect.deleteProperty(stored, "etag");
  return stored;
}

/** A document as it comes out of a container, without what the system adds. */
export function versionedForm<T extends StoredDocument>(found: CosmosDocument): Versioned<T> {
  const { _etag: etag } = found;
  const fields = Object.entries(found).filter(([name]) => !SYSTEM_FIELDS.has(name));
  const document = { ...Object.fromEntries(fields), etag: etag.replaceAll('"', "") };
  if (!isVersioned<T>(document)) {
    throw new TypeError("A stored document lacks its id, partition or time of creation.");
  }
  return document;
}

/** The other fields are those that were written, and only documents of type T are. */
function isVersioned<T extends StoredDocument>(document: object): document is Versioned<T> {
  return ["id", "partition", "createdAt", "etag"].every(
    (name) => typeof Reflect.get(document, name) === "string",
  );
}

/** Cosmos DB's ETags carry quotes, the port's do not. */
export function matching(etag: string): { readonly type: "IfMatch"; readonly condition: string } {
  return { type: "IfMatch", condition: `"${etag}"` };
}
