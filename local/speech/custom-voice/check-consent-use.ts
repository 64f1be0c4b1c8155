import { badRequest } from "../../stand-in/resource-api/refusals.ts";
import type { CustomVoiceContext } from "./context.ts";
import type { Consent } from "./resources.ts";

/** @throws {@link Refusal} 400 unless there is a succeeded consent in the same project. */
export function checkConsent(
  { collections }: CustomVoiceContext,
  { consentId, projectId }: { readonly consentId: string; readonly projectId: string },
): Consent {
  const consent = collections.consents.get(consentId);
  if (consent === undefined || consent.projectId !== projectId) {
    throw badRequest(`The consent "${consentId}" does not exist in the project "${projectId}".`);
  }
  if (consent.status !== "Succeeded") {
    throw badRequest(`The consent "${consentId}" has the status ${consent.status}, not Succeeded.`);
  }
  return consent;
}
