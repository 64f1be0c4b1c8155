import type { RevokeConsent } from "../../application/consents/revoke-consent.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { consentBody, consentPath, consentSchema } from "./consent-schema.ts";

export function revokeConsentRoute(revokeConsent: RevokeConsent): Route {
  return route(
    {
      operationId: "revokeConsent",
      method: "DELETE",
      path: "/api/v1/consents/{consentId}",
      tag: "Consents",
      summary: "Withdraw a consent and silence every voice made with it",
      permission: "voices:train",
      pathSchema: consentPath,
      responses: {
        202: {
          description: "No voice made with it speaks from here on; what Azure holds is being removed",
          content: { "application/json": consentSchema },
        },
      },
    },
    async ({ path }, { principal }) => {
      const consent = await revokeConsent(principal, path.consentId);
      return jsonResponse(202, consentBody(consent), { location: `/api/v1/consents/${consent.id}` });
    },
  );
}
