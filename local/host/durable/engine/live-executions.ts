import type { TimerLimits } from "../protocol/timer-limits.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import type { Store } from "../store/store.ts";
import { LiveExecution } from "./live-execution.ts";

/** When an execution is read, older ones leave until those in memory have at most so many events together. */
const MAX_EVENTS = 200_000;

/** The executions kept in memory: those that ran last. Others are read from the store again. */
export class LiveExecutions {
  readonly #store: Store;
  readonly #limits: TimerLimits;
  /** Ordered by last use. */
  readonly #byInstance = new Map<string, LiveExecution>();

  constructor(store: Store, limits: TimerLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  of({ instanceId, executionId }: InstanceRecord): LiveExecution {
    const kept = this.#byInstance.get(instanceId);
    this.#byInstance.delete(instanceId);
    if (kept?.executionId === executionId) {
      this.#byInstance.set(instanceId, kept);
      return kept;
    }
    const live = new LiveExecution(executionId, this.#store.history.read(instanceId), this.#limits);
    this.#byInstance.set(instanceId, live);
    this.#forgetOldest();
    return live;
  }

  forget(instanceId: string): void {
    this.#byInstance.delete(instanceId);
  }

  #forgetOldest(): void {
    let events = [...this.#byInstance.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [instanceId, { length }] of this.#byInstance) {
      if (events <= MAX_EVENTS || this.#byInstance.size === 1) {
        return;
      }
      this.#byInstance.delete(instanceId);
      events -= length;
    }
  }
}
