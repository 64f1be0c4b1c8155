import type { AuditDetails, DocumentChangeRecord } from "../ports/active-call.ts";
import type { CollectionDefinition, DocumentCollection, StoredDocument } from "../ports/documents.ts";

/** One write that somebody asked for: who, what, when, from where, with which outcome. Never changed afterwards. */
export interface AuditEntry extends StoredDocument {
  readonly principalId: string;
  readonly principalKind: "user" | "app";
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly clientAddress: string | null;
  readonly requestId: string;
  readonly traceId: string;
  readonly status: number;
  /** Code of the refusal or failure; null when the write succeeded. */
  readonly code: string | null;
  /** The first hundred of `changeCount`. */
  readonly changes: readonly DocumentChangeRecord[];
  readonly changeCount: number;
  /** Left out of entries of before there were any. */
  readonly details?: AuditDetails;
  /** The ids of `changes`, in `path` and in the answer's `Location`, each between blanks: stores search texts, not lists. */
  readonly resources: string;
}

export type AuditCollection = DocumentCollection<AuditEntry>;

/** `resources` of an entry. */
export function resourcesOf(paths: readonly string[], changes: readonly DocumentChangeRecord[]): string {
  const ids = new Set([...paths.flatMap((path) => path.split("/")), ...changes.map(({ id }) => id)]);
  return [...ids].map((id) => between(id)).join("");
}

/** How `resources` holds an id. */
export function between(id: string): string {
  return ` ${id} `;
}

/** Entries are partitioned by day (UTC), for example `2026-11-22`. */
export const auditDefinition: CollectionDefinition = { name: "audit" };
