import type { FindConsent } from "../../application/consents/find-consent.ts";
import { quotedEtag } from "../if-match.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { consentBody, consentPath, consentSchema } from "./consent-schema.ts";

export function getConsentRoute(findConsent: FindConsent): Route {
  return route(
    {
      operationId: "getConsent",
      method: "GET",
      path: "/api/v1/consents/{consentId}",
      tag: "Consents",
      summary: "Read one consent",
      permission: "voices:train",
      pathSchema: consentPath,
      responses: { 200: { description: "The consent", content: { "application/json": consentSchema } } },
    },
    async ({ path }, { principal }) => {
      const consent = await findConsent(principal, path.consentId);
      return jsonResponse(200, consentBody(consent), { etag: quotedEtag(consent.etag) });
    },
  );
}
