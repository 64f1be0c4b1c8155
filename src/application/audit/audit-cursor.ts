import { ServiceError } from "../../domain/errors/service-error.ts";
import type { AuditFilter } from "./list-audit-entries.ts";

/** Where the next page of the audit trail begins. */
export interface AuditPosition {
  /** ISO 8601; what the first page looked at, although time has passed since. */
  readonly from: string;
  readonly to: string;
  /** The day to look at, `2026-11-22`. */
  readonly day: string;
  /** Of the store, inside that day; null for its begin. */
  readonly cursor: string | null;
}

/** The position as opaque text that only the same filter accepts. */
export function writeAuditCursor(filter: AuditFilter, { from, to, day, cursor }: AuditPosition): string {
  return Buffer.from(JSON.stringify([...wantedBy(filter), from, to, day, cursor])).toString("base64url");
}

/** @throws {@link ServiceError} `cursor-invalid` for a cursor that this filter did not make. */
export function readAuditCursor(filter: AuditFilter, text: string): AuditPosition {
  const wanted = wantedBy(filter);
  const values = valuesOf(text);
  const [from, to, day, cursor] = values.slice(wanted.length);
  if (
    wanted.some((value, index) => values[index] !== value) ||
    !isInstant(from) ||
    !isInstant(to) ||
    !isInstant(day) ||
    (cursor !== null && typeof cursor !== "string")
  ) {
    throw new ServiceError("cursor-invalid", "The cursor was not made by this query.");
  }
  return { from, to, day, cursor };
}

function wantedBy({ principalId, operation, resourceId, from, to }: AuditFilter): (string | null)[] {
  return [principalId, operation, resourceId, from, to].map((value) => value ?? null);
}

function isInstant(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function valuesOf(text: string): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}
