import type { TimerLimits } from "../protocol/timer-limits.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import type { Store } from "../store/store.ts";
import { LiveExecution } from "./live-execution.ts";

/** The executions kept in memory: those that ran last. Others are read from the store again. */
export class LiveExecutions {
  readonly #store: Store;
  readonly #limits: TimerLimits;
  readonly #maxCount: number;
  /** Ordered by last use. */
  readonly #byInstance = new Map<string, LiveExecution>();

  constructor(store: Store, limits: TimerLimits, maxCount: number) {
    this.#store = store;
    this.#limits = limits;
    this.#maxCount = maxCount;
  }

  of({ instanceId, executionId }: InstanceRecord): LiveExecution {
    const kept = this.#byInstance.get(instanceId);
    this.#byInstance.delete(instanceId);
    const live =
      kept?.executionId === executionId
        ? kept
        : new LiveExecution(executionId, this.#store.history.read(instanceId), this.#limits);
    this.#byInstance.set(instanceId, live);
    this.#forgetOldest();
    return live;
  }

  forget(instanceId: string): void {
    this.#byInstance.delete(instanceId);
  }

  #forgetOldest(): void {
    for (const instanceId of this.#byInstance.keys()) {
      if (this.#byInstance.size <= this.#maxCount) {
        return;
      }
      this.#byInstance.delete(instanceId);
    }
  }
}
