import { z } from "zod";
import { statementFor } from "../../application/consents/record-consent.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { statementFields } from "./statement-fields.ts";

const answerSchema = z.object({ locale: z.string(), statement: z.string() });

export function composeConsentStatementRoute(): Route {
  return route(
    {
      operationId: "composeConsentStatement",
      method: "GET",
      path: "/api/v1/consents/statement",
      tag: "Consents",
      summary: "The sentence that a voice talent reads aloud",
      permission: "voices:read",
      querySchema: z.object(statementFields),
      responses: {
        200: { description: "The sentence", content: { "application/json": answerSchema } },
      },
    },
    async ({ query }) => jsonResponse(200, { locale: query.locale, statement: statementFor(query) }),
  );
}
