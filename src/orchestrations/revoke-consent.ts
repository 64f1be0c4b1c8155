import type { OrchestrationContext, OrchestrationHandler, Task } from "durable-functions";
import type { ConsentRef } from "../application/consents/consent-collection.ts";
import { callActivity } from "./call-activity.ts";
import { removeFromAzure } from "./remove-from-azure.ts";

/**
 * Disables every voice made with the consent, then removes the recording and, voice by voice, what Azure has. What fails
 * does not keep the rest from its removal; reconciling starts the orchestration again until nothing is left.
 */
export const revokeConsentOrchestration: OrchestrationHandler = function* revokeConsentOrchestration(
  context: OrchestrationContext,
) {
  const { consentId, ownerId } = context.df.getInput<ConsentRef>();
  const voiceIds = yield* voicesOf(context, { consentId, ownerId });
  let failures = 0;
  for (const voiceId of voiceIds) {
    failures += yield* attempt(callActivity(context, "disableVoice", { voiceId, ownerId }));
  }
  failures += yield* attempt(callActivity(context, "removeConsentRecording", { consentId, ownerId }));
  for (const voiceId of voiceIds) {
    failures += yield* attempt(removeFromAzure(context, { voiceId, ownerId, scope: "everything" }));
  }
  if (failures > 0) {
    return { outcome: "incomplete", failures };
  }
  yield* callActivity(context, "finishRevocation", { consentId, ownerId });
  return { outcome: "revoked" };
};

function* voicesOf(context: OrchestrationContext, ref: ConsentRef) {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { readonly voiceIds: readonly string[]; readonly nextCursor: string | null } =
      yield* callActivity(context, "voicesOfConsent", { ...ref, cursor });
    found.push(...page.voiceIds);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** @returns 1 when the step failed, 0 when it did not: the steps after it do not depend on it. */
function* attempt<Next>(step: Generator<Task, unknown, Next>): Generator<Task, number, Next> {
  try {
    yield* step;
    return 0;
  } catch {
    return 1;
  }
}
