import type { Refusal } from "../application/ports/activities.ts";
import { ServiceError } from "../domain/errors/service-error.ts";

/** Runs an activity; what repeating cannot mend becomes a result, because Durable repeats every exception. */
export async function withRefusal(run: () => Promise<object>): Promise<object | Refusal> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ServiceError && !error.retryable) {
      const { code, message, recovery } = error;
      return { refused: { code, message, recovery } };
    }
    throw error;
  }
}
