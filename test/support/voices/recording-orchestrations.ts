import type { Orchestrations, OrchestrationStatus } from "../../../src/application/ports/orchestrations.ts";

/** Keeps what it is told; instances stay as `statuses` says. */
export class RecordingOrchestrations implements Orchestrations {
  readonly started: { readonly name: string; readonly instanceId: string; readonly input: object }[] = [];
  readonly events: { readonly instanceId: string; readonly eventName: string }[] = [];
  readonly terminated: string[] = [];
  readonly statuses = new Map<string, OrchestrationStatus>();
  /** Thrown by `start` while it is set. */
  failure: Error | undefined;

  async start(name: string, instanceId: string, input: object): Promise<void> {
    if (this.failure !== undefined) {
      throw this.failure;
    }
    this.started.push({ name, instanceId, input });
  }

  async raiseEvent(instanceId: string, eventName: string): Promise<void> {
    this.events.push({ instanceId, eventName });
  }

  async terminate(instanceId: string): Promise<void> {
    this.terminated.push(instanceId);
  }

  async status(instanceId: string): Promise<OrchestrationStatus | undefined> {
    return this.statuses.get(instanceId);
  }
}
