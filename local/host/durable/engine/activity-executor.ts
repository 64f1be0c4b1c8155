import type { HostClock } from "../../clock.ts";
import type { Chaos } from "../chaos/chaos.ts";
import type { Message } from "../protocol/history-event.ts";
import type { ScheduledActivity } from "../store/activity-table.ts";
import type { Store } from "../store/store.ts";
import { runActivity } from "./activity-run.ts";
import type { InvokeFunction } from "./engine-options.ts";
import type { FunctionRegistry } from "./function-registry.ts";

export interface ActivityExecutorOptions {
  readonly store: Store;
  readonly clock: HostClock;
  readonly chaos: Chaos;
  readonly functions: FunctionRegistry;
  readonly invoke: InvokeFunction;
  readonly deliver: (activity: ScheduledActivity, remove: () => boolean, outcome: Message) => Promise<void>;
}

/** Runs scheduled activities: at least once each, twice when chaos wants it. */
export class ActivityExecutor {
  readonly #options: ActivityExecutorOptions;

  constructor(options: ActivityExecutorOptions) {
    this.#options = options;
  }

  /** @param activityId a row of the activity table. */
  async execute(activityId: number): Promise<void> {
    const isDuplicated = this.#options.chaos.isActivityDuplicated();
    const runs = isDuplicated ? [activityId, activityId] : [activityId];
    await Promise.all(runs.map(async (id) => this.#executeOnce(id)));
  }

  async #executeOnce(activityId: number): Promise<void> {
    const { store, chaos, clock, functions, invoke, deliver } = this.#options;
    const activity = store.isClosed ? undefined : store.activities.find(activityId);
    if (activity === undefined) {
      return;
    }
    const traceParent = store.instances.find(activity.instanceId)?.traceParent ?? undefined;
    const timestamp = (): string => new Date(clock.now()).toISOString();
    chaos.mayDie("before-activity");
    if (store.isClosed) {
      return;
    }
    const outcome = await runActivity(activity, { functions, invoke, traceParent, timestamp });
    chaos.mayDie("after-activity");
    await deliver(activity, () => store.activities.remove(activityId), outcome);
  }
}
