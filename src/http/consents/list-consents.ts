import { z } from "zod";
import type { ListConsents } from "../../application/consents/list-consents.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { CONSENT_STATUSES } from "../../domain/voice/consent.ts";
import { ownerField } from "../owner-field.ts";
import { pageSchema, pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { consentBody, consentSchema } from "./consent-schema.ts";

export function listConsentsRoute(listConsents: ListConsents): Route {
  return route(
    {
      operationId: "listConsents",
      method: "GET",
      path: "/api/v1/consents",
      tag: "Consents",
      summary: "List your consents, newest first",
      permission: "voices:train",
      querySchema: z.object({
        ...pagingQuery,
        ownerId: ownerField,
        status: z.enum(CONSENT_STATUSES).optional(),
      }),
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(consentSchema) } },
      },
    },
    async ({ query }, { principal }) => {
      const { items, nextCursor } = await listConsents(onBehalfOf(principal, query.ownerId), query);
      return jsonResponse(200, { items: items.map(consentBody), nextCursor });
    },
  );
}
