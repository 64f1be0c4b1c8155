import type { InvocationContext } from "@azure/functions";
import { app, input, type OrchestrationHandler } from "durable-functions";
import type { Activities, Refusal } from "../application/ports/activities.ts";
import { ServiceError } from "../domain/errors/service-error.ts";
import type { InvocationScope } from "./invocation-scope.ts";

/** Registers orchestrators under the names of their functions. */
export function registerOrchestrations(orchestrations: Readonly<Record<string, OrchestrationHandler>>): void {
  for (const [name, handler] of Object.entries(orchestrations)) {
    app.orchestration(name, handler);
  }
}

/** Registers every activity under its name; refusals become results, because Durable repeats every exception. */
export function registerActivities(activities: Activities, within: InvocationScope): void {
  for (const [name, activity] of Object.entries(activities)) {
    app.activity(name, {
      extraInputs: [input.durableClient()],
      handler: (argument, context: InvocationContext) =>
        within(context, () => withRefusal(() => activity(argument))),
    });
  }
}

async function withRefusal(run: () => Promise<object>): Promise<object | Refusal> {
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
