import type { DeleteSynthesis } from "../../application/history/delete-synthesis.ts";
import { noContent } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { synthesisPath } from "./synthesis-schema.ts";

/** DELETE /api/v1/synthesis/history/{synthesisId} */
export function deleteSynthesisRoute(deleteSynthesis: DeleteSynthesis): Route {
  return route(
    {
      operationId: "deleteSynthesis",
      method: "DELETE",
      path: "/api/v1/synthesis/history/{synthesisId}",
      tag: "History",
      summary: "Delete a synthesis with its audio",
      permission: "synthesis:run",
      pathSchema: synthesisPath,
      responses: { 204: { description: "It is gone" } },
    },
    async ({ path }, { principal, signal }) => {
      await deleteSynthesis(principal, path.synthesisId, signal);
      return noContent();
    },
  );
}
