import type { RuntimeStatus } from "../protocol/runtime-status.ts";

/** The task of another orchestration that waits for this one. */
export interface ParentReference {
  readonly instanceId: string;
  readonly executionId: string;
  readonly taskId: number;
  readonly name: string;
}

/** The state of one orchestration, without its history. `input`, `output` and `customStatus` are JSON text. */
export interface InstanceRecord {
  readonly instanceId: string;
  /** New after every `continueAsNew`. */
  readonly executionId: string;
  readonly name: string;
  readonly version: string;
  readonly status: RuntimeStatus;
  readonly input: string | null;
  readonly output: string | null;
  readonly customStatus: string | null;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly parent: ParentReference | null;
  /** The W3C `traceparent` of the call that started it, or its parent. */
  readonly traceParent: string | null;
}
