import { z } from "zod";
import type { AuditEntry } from "../../application/audit/audit-entry.ts";
import type { ListAuditEntries } from "../../application/audit/list-audit-entries.ts";
import { instantField, instantOf } from "../instant.ts";
import { pageSchema, pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";

const id = z.string().regex(/^[\w.:-]{1,200}$/, "must be an id");

const querySchema = z.object({
  ...pagingQuery,
  principalId: id.optional().describe("Who: object id of a person, client id of an app"),
  operation: id.optional().describe("What, for example deleteVoice"),
  resourceId: id.optional().describe("Of anything that was created or changed"),
  from: instantField.describe("From this time on; default: 30 days before `to`"),
  to: instantField.describe("Before this time; default: now"),
});

const hash = z.string().nullable().describe("SHA-256 of the document; null where there was none");

const entrySchema = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    principalId: z.string(),
    principalKind: z.enum(["user", "app"]),
    operation: z.string(),
    method: z.string(),
    path: z.string(),
    clientAddress: z.string().nullable(),
    requestId: z.string(),
    traceId: z.string(),
    status: z.int(),
    code: z.string().nullable().describe("Of the refusal or failure"),
    changes: z
      .array(z.object({ collection: z.string(), id: z.string(), before: hash, after: hash }))
      .describe("The first hundred of `changeCount`"),
    changeCount: z.int(),
    details: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe("What the changes do not tell, such as revisions, file hash and counts of a lexicon upload"),
  })
  .meta({ id: "AuditEntry" });

/** GET /api/v1/audit */
export function listAuditEntriesRoute(listAuditEntries: ListAuditEntries): Route {
  return route(
    {
      operationId: "listAuditEntries",
      method: "GET",
      path: "/api/v1/audit",
      tag: "Audit",
      summary: "List who wrote what, newest first",
      description:
        "Every write, also those that were refused. A page looks at 31 days at most: it may hold fewer entries than `limit`, even none, while `nextCursor` leads to others.",
      permission: "audit:read",
      querySchema,
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(entrySchema) } },
      },
    },
    async ({ query }, { signal }) => {
      const period = { from: instantOf(query.from), to: instantOf(query.to) };
      const { items, nextCursor } = await listAuditEntries({ ...query, ...period }, signal);
      return jsonResponse(200, { items: items.map(entryJson), nextCursor });
    },
  );
}

function entryJson(entry: AuditEntry): z.input<typeof entrySchema> {
  return {
    id: entry.id,
    createdAt: entry.createdAt,
    principalId: entry.principalId,
    principalKind: entry.principalKind,
    operation: entry.operation,
    method: entry.method,
    path: entry.path,
    clientAddress: entry.clientAddress,
    requestId: entry.requestId,
    traceId: entry.traceId,
    status: entry.status,
    code: entry.code,
    changes: [...entry.changes],
    changeCount: entry.changeCount,
    details: entry.details ?? {},
  };
}
