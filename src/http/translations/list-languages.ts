import { z } from "zod";
import type { ListLanguages } from "../../application/translations/list-languages.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";

const languagesSchema = z
  .object({
    items: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        nativeName: z.string(),
        direction: z.enum(["ltr", "rtl"]),
      }),
    ),
  })
  .meta({ id: "Languages" });

/** GET /api/v1/languages */
export function listLanguagesRoute(listLanguages: ListLanguages): Route {
  return route(
    {
      operationId: "listLanguages",
      method: "GET",
      path: "/api/v1/languages",
      tag: "Translation",
      summary: "List the languages that texts can be translated to",
      permission: "synthesis:run",
      responses: {
        200: { description: "All languages", content: { "application/json": languagesSchema } },
      },
    },
    async (_, { signal }) => jsonResponse(200, { items: await listLanguages(signal) }),
  );
}
