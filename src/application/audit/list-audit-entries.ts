import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Clock } from "../ports/clock.ts";
import { readAuditCursor, writeAuditCursor } from "./audit-cursor.ts";
import { type AuditCollection, type AuditEntry, between } from "./audit-entry.ts";

/** All conditions hold together. */
export interface AuditFilter {
  readonly principalId?: string | undefined;
  /** For example `deleteVoice`. */
  readonly operation?: string | undefined;
  /** Of anything that was changed or created, or that the path named. */
  readonly resourceId?: string | undefined;
  /** ISO 8601; inclusive. Default: 30 days before `to`. */
  readonly from?: string | undefined;
  /** ISO 8601; exclusive. Default: now. */
  readonly to?: string | undefined;
}

export interface AuditQuery extends AuditFilter {
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly nextCursor: string | null;
}

/**
 * What was written by whom, newest first. A page looks at 31 days at most, so that it may hold fewer entries than were
 * asked for, and even none, while others follow.
 *
 * @throws {@link ServiceError} `cursor-invalid`, `request-invalid` for a period that ends before it begins.
 */
export type ListAuditEntries = (query: AuditQuery, signal: AbortSignal) => Promise<AuditPage>;

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MAX_DAYS_OF_PAGE = 31;

export function makeListAuditEntries(entries: AuditCollection, clock: Clock): ListAuditEntries {
  return async (query, signal) => {
    const start = query.cursor === undefined ? startOf(query, clock) : readAuditCursor(query, query.cursor);
    const items: AuditEntry[] = [];
    let { day, cursor } = start;
    for (let days = 0; days < MAX_DAYS_OF_PAGE && day >= dayOf(start.from);) {
      const page = await entries.query(
        {
          ...conditionsOf(query),
          partition: day,
          range: { createdAt: { from: start.from, to: start.to } },
          limit: query.limit - items.length,
          ...(cursor !== null && { cursor }),
        },
        signal,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === null) {
        day = dayBefore(day);
        days += 1;
      }
      if (items.length === query.limit) {
        break;
      }
    }
    const hasMore = day >= dayOf(start.from);
    return { items, nextCursor: hasMore ? writeAuditCursor(query, { ...start, day, cursor }) : null };
  };
}

function startOf({ from, to }: AuditFilter, clock: Clock) {
  const end = to ?? clock.now().toISOString();
  const begin = from ?? new Date(Date.parse(end) - DEFAULT_DAYS * DAY_MS).toISOString();
  if (begin > end) {
    throw new ServiceError("request-invalid", "The period ends before it begins.", {
      errors: [{ field: "from", message: "is later than `to`" }],
    });
  }
  return { from: begin, to: end, day: dayOf(end), cursor: null };
}

function conditionsOf({ principalId, operation, resourceId }: AuditFilter) {
  return {
    equals: {
      ...(principalId !== undefined && { principalId }),
      ...(operation !== undefined && { operation }),
    },
    ...(resourceId !== undefined && { text: { fields: ["resources"], contains: between(resourceId) } }),
  };
}

function dayOf(instant: string): string {
  return instant.slice(0, "2026-11-22".length);
}

function dayBefore(day: string): string {
  return dayOf(new Date(Date.parse(day) - DAY_MS).toISOString());
}
