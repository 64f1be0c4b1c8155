import { z } from "zod";
import type { ListSyntheses } from "../../application/history/list-syntheses.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { instantField, instantOf } from "../instant.ts";
import { ownerField } from "../owner-field.ts";
import { pageSchema, pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { synthesisJson, synthesisSchema } from "./synthesis-schema.ts";

const querySchema = z.object({
  ...pagingQuery,
  ownerId: ownerField,
  voiceId: z.string().min(1).max(200).optional(),
  from: instantField.describe("From this time on"),
  to: instantField.describe("Before this time"),
  q: z.string().min(1).max(100).optional().describe("Text in the preview"),
});

/** GET /api/v1/synthesis/history */
export function listSynthesesRoute(listSyntheses: ListSyntheses): Route {
  return route(
    {
      operationId: "listSyntheses",
      method: "GET",
      path: "/api/v1/synthesis/history",
      tag: "History",
      summary: "List what you had spoken, newest first",
      permission: "synthesis:read",
      querySchema,
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(synthesisSchema) } },
      },
    },
    async ({ query }, { principal, signal }) => {
      const period = { from: instantOf(query.from), to: instantOf(query.to) };
      const owner = onBehalfOf(principal, query.ownerId);
      const { items, nextCursor } = await listSyntheses(owner, { ...query, ...period }, signal);
      return jsonResponse(200, { items: items.map(synthesisJson), nextCursor });
    },
  );
}
