import { createHash } from "node:crypto";

import type { DocumentQuery } from "../../application/ports/documents.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

/** The last document of a page; the next page starts behind it. */
export interface KeysetPosition {
  /** Value of the field that the query orders by. */
  readonly value: string | number;
  readonly id: string;
  readonly partition: string;
}

/** The position as opaque text that only the same query accepts; another `limit` is still the same query. */
export function encodeCursor(query: DocumentQuery, { value, id, partition }: KeysetPosition): string {
  return Buffer.from(JSON.stringify([fingerprint(query), value, id, partition])).toString("base64url");
}

/** @throws {@link ServiceError} `cursor-invalid` for a cursor that this query did not make. */
export function decodeCursor(query: DocumentQuery, cursor: string): KeysetPosition {
  const [print, value, id, partition] = parts(cursor);
  const isPosition =
    print === fingerprint(query) &&
    (typeof value === "string" || typeof value === "number") &&
    typeof id === "string" &&
    typeof partition === "string";
  if (!isPosition) {
    throw new ServiceError("cursor-invalid", "The cursor was not made by this query.");
  }
  return { value, id, partition };
}

function parts(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function fingerprint({ limit: _limit, cursor: _cursor, ...rest }: DocumentQuery): string {
  return createHash("sha256").update(canonicalJson(rest)).digest("base64url").slice(0, 16);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
