import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { ConsentRef } from "../application/consents/revoke-consent.ts";
import { callActivity } from "./call-activity.ts";

/** Disables every voice made with the consent, removes it from Azure, and then the recording itself. */
export const revokeConsentOrchestration: OrchestrationHandler = function* revokeConsentOrchestration(
  context: OrchestrationContext,
) {
  const { consentId, ownerId } = context.df.getInput<ConsentRef>();
  let cursor: string | null = null;
  do {
    const page: { readonly voiceIds: readonly string[]; readonly nextCursor: string | null } =
      yield* callActivity(context, "voicesOfConsent", { consentId, ownerId, cursor });
    for (const voiceId of page.voiceIds) {
      yield* callActivity(context, "disableVoice", { voiceId, ownerId });
      yield* callActivity(context, "removeAzureVoice", { voiceId, ownerId });
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  yield* callActivity(context, "removeConsentRecording", { consentId, ownerId });
  return { outcome: "revoked" };
};
