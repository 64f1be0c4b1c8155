import { type AuditCollection, type AuditEntry, resourcesOf } from "../../application/audit/audit-entry.ts";
import type { Ids } from "../../application/ports/ids.ts";
import { ANONYMOUS, type Principal } from "../../domain/access/principal.ts";
import type { RequestObserver, RequestOutcome } from "../request-observer.ts";

/**
 * Appends an entry for every write by a known principal, refused and failed ones too. Reading is no write, and neither is
 * speaking: a synthesis is kept in the history of its owner. A flood over the rate limit leaves no entries.
 */
export function auditTrail(entries: AuditCollection, ids: Ids): RequestObserver {
  return {
    async finished(outcome) {
      const { principal } = outcome;
      if (principal !== undefined && principal !== ANONYMOUS && isWrite(outcome)) {
        await entries.create(entryOf(outcome, principal, ids));
      }
    },
  };
}

function isWrite({ spec, status, changes }: RequestOutcome): boolean {
  if (changes.length > 0) {
    return true;
  }
  const isReading = spec.permission.endsWith(":read") || spec.permission === "synthesis:run";
  return spec.method !== "GET" && !isReading && status !== 429;
}

function entryOf(outcome: RequestOutcome, principal: Principal, ids: Ids): AuditEntry {
  const createdAt = outcome.startedAt.toISOString();
  return {
    id: ids.next("audit"),
    partition: createdAt.slice(0, 10),
    createdAt,
    principalId: principal.id,
    principalKind: principal.kind,
    operation: outcome.spec.operationId,
    method: outcome.request.method,
    path: outcome.path,
    clientAddress: outcome.clientAddress ?? null,
    requestId: outcome.requestId,
    traceId: outcome.traceId,
    status: outcome.status,
    code: outcome.code ?? null,
    changes: outcome.changes,
    changeCount: outcome.changeCount,
    details: outcome.auditDetails,
    resources: resourcesOf([outcome.path, locationOf(outcome.response)], outcome.changes),
  };
}

/** What the request created may be a part of the document that it changed: an entry of a lexicon. */
function locationOf({ headers }: Response): string {
  const [path = ""] = headers.get("location")?.split("?") ?? [];
  return path;
}
