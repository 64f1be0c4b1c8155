import { z } from "zod";
import type { ListLexiconEntries } from "../../application/lexicon/list-entries.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { ownerField } from "../owner-field.ts";
import { pageSchema, pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { entryBody, entrySchema, lexiconName } from "./lexicon-schema.ts";

const filterText = z.string().min(1).max(200).optional();

const querySchema = z
  .object({
    ...pagingQuery,
    ownerId: ownerField,
    lexicon: lexiconName.optional(),
    locale: z.string().max(64).optional(),
    kind: z.enum(["alias", "phoneme"]).optional(),
    text: filterText.describe("Text in the grapheme, the pronunciation or the notes; case does not matter"),
    q: filterText.describe("The same as `text`, by the name that other lists have for it"),
  })
  .refine(({ text, q }) => text === undefined || q === undefined, {
    path: ["q"],
    message: "cannot be combined with text",
  });

export function listEntriesRoute(listEntries: ListLexiconEntries): Route {
  return route(
    {
      operationId: "listLexiconEntries",
      method: "GET",
      path: "/api/v1/lexicon",
      tag: "Lexicon",
      summary: "List your entries, newest first",
      permission: "lexicon:read",
      querySchema,
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(entrySchema) } },
      },
    },
    async ({ query }, { principal }) => {
      const { text, ownerId, q = text, ...filter } = query;
      const { items, nextCursor } = await listEntries(onBehalfOf(principal, ownerId), { ...filter, q });
      return jsonResponse(200, { items: items.map(entryBody), nextCursor });
    },
  );
}
