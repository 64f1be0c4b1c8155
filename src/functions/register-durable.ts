import type { InvocationContext } from "@azure/functions";
import { app, input, type OrchestrationHandler } from "durable-functions";
import type { Activities } from "../application/ports/activities.ts";
import type { InvocationScope } from "./invocation-scope.ts";
import { withRefusal } from "./with-refusal.ts";

/** Registers orchestrators under the names of their functions. */
export function registerOrchestrations(orchestrations: Readonly<Record<string, OrchestrationHandler>>): void {
  for (const [name, handler] of Object.entries(orchestrations)) {
    app.orchestration(name, handler);
  }
}

/** Registers every activity under its name. */
export function registerActivities(activities: Activities, within: InvocationScope): void {
  for (const [name, activity] of Object.entries(activities)) {
    app.activity(name, {
      extraInputs: [input.durableClient()],
      handler: (argument, context: InvocationContext) =>
        within(context, () => withRefusal(() => activity(argument))),
    });
  }
}
