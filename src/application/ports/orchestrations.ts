export type OrchestrationState =
  | "pending"
  | "running"
  | "suspended"
  | "completed"
  | "failed"
  | "terminated"
  | "canceled";

export interface OrchestrationStatus {
  readonly state: OrchestrationState;
  /** What the orchestrator last set with `setCustomStatus`. */
  readonly customStatus: unknown;
  readonly output: unknown;
}

/** Whether it has not ended yet; an unknown instance has nothing to do. */
export function isAtWork(status: OrchestrationStatus | undefined): boolean {
  return status !== undefined && ["pending", "running", "suspended"].includes(status.state);
}

/**
 * Starts and steers Durable orchestrations.
 *
 * @throws {@link ServiceError} `store-unavailable` (retryable) when the Durable back end does not answer.
 */
export interface Orchestrations {
  /** Starts the orchestration; an instance with this id that has not ended yet is left alone and counts as started. */
  start(name: string, instanceId: string, input: object): Promise<void>;
  /** An event for an instance that has ended or never was is dropped. */
  raiseEvent(instanceId: string, eventName: string, data: object): Promise<void>;
  terminate(instanceId: string, reason: string): Promise<void>;
  /** @returns undefined for an unknown instance. */
  status(instanceId: string): Promise<OrchestrationStatus | undefined>;
}
