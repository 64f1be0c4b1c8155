import { isAdmin, type Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import {
  addUsage,
  NO_USAGE,
  type UsageCollection,
  type UsageCounts,
  type UsageRecord,
} from "./usage-record.ts";

export const USAGE_GROUPS = ["day", "voice", "principal"] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

export interface UsageQuery {
  /** First day, `2026-11-01`. */
  readonly from: string;
  /** Last day, inclusive. */
  readonly to: string;
  readonly groupBy: readonly UsageGroup[];
  readonly voiceId?: string | undefined;
  /** Another principal, or `all`; for administrators only. Default: one's own. */
  readonly principalId?: string | undefined;
}

export interface UsageRow extends UsageCounts {
  readonly day?: string | undefined;
  readonly voiceId?: string | undefined;
  readonly principalId?: string | undefined;
}

export interface UsageReport {
  readonly rows: readonly UsageRow[];
  readonly total: UsageCounts;
}

/**
 * What was used in a period, by what the query groups by.
 *
 * @throws {@link ServiceError} `permission-denied` for another principal's usage, `request-invalid` for a period with more
 * records than one answer can sum up.
 */
export type ReadUsage = (
  principal: Principal,
  query: UsageQuery,
  signal: AbortSignal,
) => Promise<UsageReport>;

const PAGE_SIZE = 1_000;
const MAX_RECORDS = 50_000;

export function makeReadUsage(records: UsageCollection): ReadUsage {
  return async (principal, query, signal) => {
    const rows = new Map<string, UsageRow>();
    let total = NO_USAGE;
    for await (const record of recordsOf(
      records,
      { ...query, partition: partitionOf(principal, query) },
      signal,
    )) {
      const labels = labelsOf(record, query.groupBy);
      const key = JSON.stringify(labels);
      rows.set(key, { ...labels, ...addUsage(rows.get(key) ?? NO_USAGE, record) });
      total = addUsage(total, record);
    }
    return { rows: [...rows.values()], total };
  };
}

/** @returns undefined for everybody's. */
function partitionOf(principal: Principal, { principalId }: UsageQuery): string | undefined {
  if (principalId === undefined || principalId === principal.id) {
    return principal.id;
  }
  if (!isAdmin(principal)) {
    throw new ServiceError("permission-denied", "The usage of others needs the app role Voice.Admin.", {
      details: { role: "Voice.Admin" },
    });
  }
  return principalId === "all" ? undefined : principalId;
}

async function* recordsOf(
  records: UsageCollection,
  query: UsageQuery & { readonly partition: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<UsageRecord, void, void> {
  const { from, to, voiceId, partition } = query;
  let count = 0;
  let cursor: string | null = null;
  do {
    const page = await records.query(
      {
        limit: PAGE_SIZE,
        orderBy: { field: "day", direction: "ascending" },
        range: { day: { from, to: `${to}~` } },
        ...(partition !== undefined && { partition }),
        ...(voiceId !== undefined && { equals: { voiceId } }),
        ...(cursor !== null && { cursor }),
      },
      signal,
    );
    yield* page.items;
    count += page.items.length;
    if (count > MAX_RECORDS) {
      throw new ServiceError("request-invalid", "The period holds too many records; ask for a shorter one.", {
        errors: [{ field: "from", message: "begins too early" }],
      });
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function labelsOf(
  { day, voiceId, partition }: UsageRecord,
  groupBy: readonly UsageGroup[],
): Omit<UsageRow, keyof UsageCounts> {
  return {
    ...(groupBy.includes("day") && { day }),
    ...(groupBy.includes("voice") && { voiceId }),
    ...(groupBy.includes("principal") && { principalId: partition }),
  };
}
