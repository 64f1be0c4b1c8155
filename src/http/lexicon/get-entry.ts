import type { GetLexiconEntry } from "../../application/lexicon/get-entry.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { quotedEtag } from "../if-match.ts";
import { ownerQuery } from "../owner-field.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { entryBody, entryPath, entrySchema } from "./lexicon-schema.ts";

export function getEntryRoute(getEntry: GetLexiconEntry): Route {
  return route(
    {
      operationId: "getLexiconEntry",
      method: "GET",
      path: "/api/v1/lexicon/{entryId}",
      tag: "Lexicon",
      summary: "Read one entry",
      permission: "lexicon:read",
      pathSchema: entryPath,
      querySchema: ownerQuery,
      responses: { 200: { description: "The entry", content: { "application/json": entrySchema } } },
    },
    async ({ path, query }, { principal }) => {
      const body = entryBody(await getEntry(onBehalfOf(principal, query.ownerId), path.entryId));
      return jsonResponse(200, body, { etag: quotedEtag(body.etag) });
    },
  );
}
