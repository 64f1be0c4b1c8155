import type { DeleteLexiconEntry } from "../../application/lexicon/delete-entry.ts";
import { ifMatchOf } from "../if-match.ts";
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
      responses: { 204: { description: "The entry is gone" } },
    },
    async ({ path }, { principal, request }) => {
      await deleteEntry(principal, path.entryId, ifMatchOf(request));
      return noContent();
    },
  );
}
