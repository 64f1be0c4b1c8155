import { EventType, UNNUMBERED, type HistoryEvent } from "../protocol/history-event.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import type { Store } from "../store/store.ts";

export interface RewindRequest {
  readonly reason: string;
  readonly nowMs: number;
}

/**
 * Takes the failures out of the history of a failed orchestration and of its failed children, so that what failed is
 * scheduled again. Returns who has to be woken: the deepest that failed. Part of a transaction.
 *
 * As on Azure, a history with timers of retries does not fit its orchestrator any more after a rewind.
 */
export function rewind(store: Store, instance: InstanceRecord, request: RewindRequest): string[] {
  const { instanceId } = instance;
  const history = store.history.read(instanceId);
  const failed = new Set(
    history.flatMap((event) =>
      "Reason" in event && "TaskScheduledId" in event ? event.TaskScheduledId : [],
    ),
  );
  const children = history.flatMap((event) => failedChildOf(store, event, failed));
  const revived = new Set(children.map((child) => child.instanceId));
  store.history.replace(
    instanceId,
    history.filter((event) => !isUndone(event, failed, revived)),
  );
  store.instances.save({ ...instance, status: "Running", output: null, updatedMs: request.nowMs });
  if (children.length > 0) {
    return children.flatMap((child) => rewind(store, child, request));
  }
  store.inbox.add(instanceId, {
    EventType: EventType.GenericEvent,
    EventId: UNNUMBERED,
    Data: `Rewound: ${request.reason}`,
    Timestamp: new Date(request.nowMs).toISOString(),
  });
  return [instanceId];
}

function failedChildOf(store: Store, event: HistoryEvent, failed: ReadonlySet<number>): InstanceRecord[] {
  if (event.EventType !== EventType.SubOrchestrationInstanceCreated || !failed.has(event.EventId)) {
    return [];
  }
  const child = store.instances.find(event.InstanceId);
  return child?.status === "Failed" ? [child] : [];
}

function isUndone(event: HistoryEvent, failed: ReadonlySet<number>, revived: ReadonlySet<string>): boolean {
  if (event.EventType === EventType.ExecutionCompleted) {
    return true;
  }
  if (event.EventType === EventType.SubOrchestrationInstanceCreated) {
    return failed.has(event.EventId) && !revived.has(event.InstanceId);
  }
  return (
    (event.EventType === EventType.TaskScheduled && failed.has(event.EventId)) ||
    event.EventType === EventType.TaskFailed ||
    event.EventType === EventType.SubOrchestrationInstanceFailed
  );
}
