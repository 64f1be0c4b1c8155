import type { GetLexiconEntry } from "../../application/lexicon/get-entry.ts";
import { quotedEtag } from "../if-match.ts";
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
      responses: { 200: { description: "The entry", content: { "application/json": entrySchema } } },
    },
    async ({ path }, { principal }) => {
      const body = entryBody(await getEntry(principal, path.entryId));
      return jsonResponse(200, body, { etag: quotedEtag(body.etag) });
    },
  );
}
