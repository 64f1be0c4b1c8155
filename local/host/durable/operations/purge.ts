import { isFinal } from "../protocol/runtime-status.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import type { Store } from "../store/store.ts";

/** Deletes those that are finished; returns how many. Part of a transaction. */
export function purge(store: Store, instances: readonly InstanceRecord[]): number {
  const finished = instances.filter(({ status }) => isFinal(status));
  for (const { instanceId } of finished) {
    store.history.clear(instanceId);
    store.inbox.clear(instanceId);
    store.instances.delete(instanceId);
  }
  return finished.length;
}
