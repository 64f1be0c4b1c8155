import type { ActiveCalls } from "../ports/active-call.ts";
import type { Orchestrations, OrchestrationStatus } from "../ports/orchestrations.ts";

/** Hands the trace of the request on to the orchestration that it starts, as the input's field `traceparent`. */
export class TracedOrchestrations implements Orchestrations {
  readonly #inner: Orchestrations;
  readonly #activeCalls: ActiveCalls;

  constructor(inner: Orchestrations, activeCalls: ActiveCalls) {
    this.#inner = inner;
    this.#activeCalls = activeCalls;
  }

  start(name: string, instanceId: string, input: object): Promise<void> {
    const traceparent = this.#activeCalls.current()?.traceparent;
    return this.#inner.start(name, instanceId, traceparent === undefined ? input : { ...input, traceparent });
  }

  raiseEvent(instanceId: string, eventName: string, data: object): Promise<void> {
    return this.#inner.raiseEvent(instanceId, eventName, data);
  }

  terminate(instanceId: string, reason: string): Promise<void> {
    return this.#inner.terminate(instanceId, reason);
  }

  status(instanceId: string): Promise<OrchestrationStatus | undefined> {
    return this.#inner.status(instanceId);
  }
}
