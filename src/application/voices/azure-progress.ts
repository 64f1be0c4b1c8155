import { ServiceError } from "../../domain/errors/service-error.ts";
import { decodeAzureFailure } from "../../domain/voice/azure-failure.ts";
import type { Admitted, MakingProgress } from "../ports/activities.ts";
import type { MakingState } from "../ports/custom-voice.ts";

/** @throws {@link ServiceError} `consent-mismatch` or `training-failed`, with what to do, when Azure gave up. */
export function progressOf(state: MakingState): MakingProgress {
  if (state.state === "failed") {
    const { code, message, recovery } = decodeAzureFailure(state.reason);
    throw new ServiceError(code, message, { recovery, details: { azureReason: state.reason } });
  }
  return state.state;
}

/** Azure allows four trainings at once and fifty endpoints: one more is told to wait, not to fail. */
export async function admitted(create: () => Promise<void>): Promise<Admitted> {
  try {
    await create();
    return { isAdmitted: true };
  } catch (error) {
    if (error instanceof ServiceError && error.code === "speech-throttled") {
      return { isAdmitted: false };
    }
    throw error;
  }
}
