import { z } from "zod";
import type { UpdateLexiconEntry } from "../../application/lexicon/update-entry.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { ifMatchOf, quotedEtag } from "../if-match.ts";
import { ownerQuery } from "../owner-field.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { entryBody, entryPath, entrySchema, lexemeFields } from "./lexicon-schema.ts";

const MAX_BODY_BYTES = 64 * 1024;

const bodySchema = z.strictObject({ ...lexemeFields, grapheme: lexemeFields.grapheme.optional() });

export function updateEntryRoute(updateEntry: UpdateLexiconEntry): Route {
  return route(
    {
      operationId: "updateLexiconEntry",
      method: "PUT",
      path: "/api/v1/lexicon/{entryId}",
      tag: "Lexicon",
      summary: "Change an entry",
      description:
        "Fields that are left out stay as they are. An alias replaces phonemes and the other way round. An entry does not move to another lexicon.",
      permission: "lexicon:write",
      pathSchema: entryPath,
      querySchema: ownerQuery,
      body: { schema: bodySchema, mediaTypes: ["application/json"], maxBytes: MAX_BODY_BYTES },
      responses: {
        200: { description: "The changed entry", content: { "application/json": entrySchema } },
      },
    },
    async ({ path, query, body: changes }, { principal, request }) => {
      const entry = await updateEntry(onBehalfOf(principal, query.ownerId), {
        entryId: path.entryId,
        changes,
        ifMatch: ifMatchOf(request),
      });
      const body = entryBody(entry);
      return jsonResponse(200, body, { etag: quotedEtag(body.etag) });
    },
  );
}
