import { z } from "zod";
import type { ListCatalogVoices } from "../../application/catalog/list-catalog-voices.ts";
import { pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";

const genders = z.enum(["female", "male", "neutral"]);

const voiceSchema = z
  .object({
    name: z.string(),
    displayName: z.string(),
    localName: z.string(),
    locale: z.string(),
    localeName: z.string(),
    secondaryLocales: z.array(z.string()),
    gender: genders,
    styles: z.array(z.string()),
    roles: z.array(z.string()),
    sampleRateHz: z.number(),
    status: z.enum(["ga", "preview", "deprecated"]),
  })
  .meta({ id: "CatalogVoice" });

const querySchema = z.object({
  ...pagingQuery,
  locale: z.string().min(2).max(20).optional(),
  gender: genders.optional(),
  style: z.string().min(1).max(50).optional(),
});

export function listCatalogVoicesRoute(listCatalogVoices: ListCatalogVoices): Route {
  return route(
    {
      operationId: "listCatalogVoices",
      method: "GET",
      path: "/api/v1/catalog/voices",
      tag: "Voices",
      summary: "List Azure's prebuilt voices by name",
      permission: "voices:read",
      querySchema,
      responses: {
        200: {
          description: "One page",
          content: {
            "application/json": z.object({ items: z.array(voiceSchema), nextCursor: z.string().nullable() }),
          },
        },
      },
    },
    async ({ query: { limit, cursor, ...query } }) => {
      const voices = await listCatalogVoices(query);
      const rest = voices.filter(({ name }) => cursor === undefined || name > cursor);
      const items = rest.slice(0, limit);
      const nextCursor = rest.length > limit ? (items.at(-1)?.name ?? null) : null;
      return jsonResponse(200, { items, nextCursor }, { "cache-control": "private, max-age=300" });
    },
  );
}
