import type { FindSynthesis } from "../../application/history/find-synthesis.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { synthesisJson, synthesisPath, synthesisSchema } from "./synthesis-schema.ts";

/** GET /api/v1/synthesis/history/{synthesisId} */
export function getSynthesisRoute(findSynthesis: FindSynthesis): Route {
  return route(
    {
      operationId: "getSynthesis",
      method: "GET",
      path: "/api/v1/synthesis/history/{synthesisId}",
      tag: "History",
      summary: "Read one entry of the history",
      permission: "synthesis:read",
      pathSchema: synthesisPath,
      responses: { 200: { description: "The entry", content: { "application/json": synthesisSchema } } },
    },
    async ({ path }, { principal, signal }) => {
      const record = await findSynthesis(principal, path.synthesisId, signal);
      return jsonResponse(200, synthesisJson(record));
    },
  );
}
