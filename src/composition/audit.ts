import { type AuditEntry, auditDefinition } from "../application/audit/audit-entry.ts";
import { makeListAuditEntries } from "../application/audit/list-audit-entries.ts";
import { listAuditEntriesRoute } from "../http/audit/list-audit-entries.ts";
import type { Route } from "../http/route.ts";
import type { Foundation } from "./foundation.ts";

/** Reading what the pipeline's observer has written. */
export function auditRoutes({ database, clock }: Foundation): readonly Route[] {
  const entries = database.collection<AuditEntry>(auditDefinition);
  return [listAuditEntriesRoute(makeListAuditEntries(entries, clock))];
}
