import { activityFailure, activityInputText, activityResultText } from "../protocol/activity-value.ts";
import { EventType, UNNUMBERED, type Message } from "../protocol/history-event.ts";
import type { ScheduledActivity } from "../store/activity-table.ts";
import type { InvokeFunction } from "./engine-options.ts";
import type { FunctionRegistry } from "./function-registry.ts";

export interface ActivityEnvironment {
  readonly functions: FunctionRegistry;
  readonly invoke: InvokeFunction;
  readonly traceParent: string | undefined;
  /** ISO 8601, UTC. */
  readonly timestamp: () => string;
}

/** Runs an activity function once; what it throws is an outcome too. */
export async function runActivity(
  activity: ScheduledActivity,
  environment: ActivityEnvironment,
): Promise<Message> {
  const { name, input, taskId, instanceId } = activity;
  const { traceParent } = environment;
  try {
    const fn = environment.functions.get("activityTrigger", name);
    const trigger = { bindingName: fn.bindingName, text: activityInputText(input), traceParent };
    const result = await environment.invoke(fn.name, trigger, instanceId);
    return {
      EventType: EventType.TaskCompleted,
      EventId: UNNUMBERED,
      TaskScheduledId: taskId,
      Result: activityResultText(result),
      Timestamp: environment.timestamp(),
    };
  } catch (error) {
    return {
      EventType: EventType.TaskFailed,
      EventId: UNNUMBERED,
      TaskScheduledId: taskId,
      ...activityFailure(name, error),
      Timestamp: environment.timestamp(),
    };
  }
}
