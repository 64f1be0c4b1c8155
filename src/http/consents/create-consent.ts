import { z } from "zod";
import type { RecordConsent } from "../../application/consents/record-consent.ts";
import { audioFile } from "../form-fields.ts";
import { quotedEtag } from "../if-match.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { consentBody, consentSchema } from "./consent-schema.ts";
import { statementFields } from "./statement-fields.ts";

const MAX_BODY_BYTES = 20 * 1024 * 1024;

const bodySchema = z.strictObject({
  ...statementFields,
  recording: z.file({ error: "must be an audio file" }),
  /** Moment from which the consent no longer holds. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});

export function createConsentRoute(recordConsent: RecordConsent): Route {
  return route(
    {
      operationId: "createConsent",
      method: "POST",
      path: "/api/v1/consents",
      tag: "Consents",
      summary: "Keep a recorded consent statement",
      permission: "voices:train",
      limitClass: "training",
      idempotent: true,
      body: { schema: bodySchema, mediaTypes: ["multipart/form-data"], maxBytes: MAX_BODY_BYTES },
      responses: {
        201: { description: "The consent", content: { "application/json": consentSchema } },
      },
    },
    async ({ body }, { principal }) => {
      const { recording, expiresAt, ...names } = body;
      const consent = await recordConsent(
        {
          ...names,
          recording: await audioFile(recording),
          expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
        },
        principal,
      );
      return jsonResponse(201, consentBody(consent), {
        location: `/api/v1/consents/${consent.id}`,
        etag: quotedEtag(consent.etag),
      });
    },
  );
}
