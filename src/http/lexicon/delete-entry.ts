import type { DeleteLexiconEntry } from "../../application/lexicon/delete-entry.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { ifMatchOf } from "../if-match.ts";
import { ownerQuery } from "../owner-field.ts";
import { noContent } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { entryPath } from "./lexicon-schema.ts";

export function deleteEntryRoute(deleteEntry: DeleteLexiconEntry): Route {
  return route(
    {
      operationId: "deleteLexiconEntry",
      method: "DELETE",
      path: "/api/v1/lexicon/{entryId}",
      tag: "Lexicon",
      summary: "Delete an entry",
      permission: "lexicon:write",
      pathSchema: entryPath,
      querySchema: ownerQuery,
      responses: { 204: { description: "The entry is gone" } },
    },
    async ({ path, query }, { principal, request }) => {
      await deleteEntry(onBehalfOf(principal, query.ownerId), path.entryId, ifMatchOf(request));
      return noContent();
    },
  );
}
