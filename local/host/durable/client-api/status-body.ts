import type { InstanceRecord } from "../store/instance-record.ts";
import { valueOfJson } from "./json-text.ts";

/** An orchestration as clients see it. Times have no milliseconds. */
export function statusBody(instance: InstanceRecord, showInput: boolean): Readonly<Record<string, unknown>> {
  return {
    name: instance.name,
    instanceId: instance.instanceId,
    runtimeStatus: instance.status,
    input: showInput ? valueOfJson(instance.input) : null,
    customStatus: valueOfJson(instance.customStatus),
    output: valueOfJson(instance.output),
    createdTime: secondsOf(instance.createdMs),
    lastUpdatedTime: secondsOf(instance.updatedMs),
  };
}

function secondsOf(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
