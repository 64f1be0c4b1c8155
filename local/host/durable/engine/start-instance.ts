import { randomUUID } from "node:crypto";
import { EventType, UNNUMBERED, type ExecutionStarted } from "../protocol/history-event.ts";
import { isFinal, type RuntimeStatus } from "../protocol/runtime-status.ts";
import type { InstanceRecord, ParentReference } from "../store/instance-record.ts";
import type { Store } from "../store/store.ts";

export interface StartRequest {
  readonly instanceId: string;
  readonly name: string;
  readonly version: string;
  /** JSON text. */
  readonly input: string | null;
  readonly parent: ParentReference | null;
  readonly traceParent: string | null;
}

export type StartResult =
  | { readonly isStarted: true }
  | { readonly isStarted: false; readonly existing: RuntimeStatus };

/** 32 hex digits. */
export function newId(): string {
  return randomUUID().replaceAll("-", "");
}

/** Creates an orchestration, in place of a finished one with the same id. Part of a transaction. */
export function startInstance(store: Store, request: StartRequest, nowMs: number): StartResult {
  const { instanceId } = request;
  const existing = store.instances.find(instanceId);
  if (existing !== undefined) {
    if (!isFinal(existing.status)) {
      return { isStarted: false, existing: existing.status };
    }
    store.history.clear(instanceId);
    store.inbox.clear(instanceId);
  }
  const record: InstanceRecord = {
    ...request,
    executionId: newId(),
    status: "Pending",
    output: null,
    customStatus: null,
    createdMs: nowMs,
    updatedMs: nowMs,
  };
  store.instances.save(record);
  store.inbox.add(instanceId, executionStarted(record, nowMs));
  return { isStarted: true };
}

/** The first event of an execution. */
export function executionStarted(record: InstanceRecord, nowMs: number): ExecutionStarted {
  const { instanceId, executionId, parent } = record;
  return {
    EventType: EventType.ExecutionStarted,
    EventId: UNNUMBERED,
    OrchestrationInstance: { InstanceId: instanceId, ExecutionId: executionId },
    ParentInstance:
      parent === null
        ? null
        : {
            Name: parent.name,
            OrchestrationInstance: { InstanceId: parent.instanceId, ExecutionId: parent.executionId },
            TaskScheduleId: parent.taskId,
            Version: "",
          },
    Name: record.name,
    Version: record.version,
    Input: record.input,
    Tags: null,
    Timestamp: new Date(nowMs).toISOString(),
  };
}
