import { EventType, UNNUMBERED, type Message } from "../protocol/history-event.ts";
import { isFinal, type RuntimeStatus } from "../protocol/runtime-status.ts";
import type { Engine } from "../engine/engine.ts";
import { newId, startInstance } from "../engine/start-instance.ts";
import type { InstanceFilter } from "../store/instance-table.ts";
import { instanceIdProblem } from "./instance-id.ts";
import { purge } from "./purge.ts";
import { rewind } from "./rewind.ts";

export interface NewOrchestration {
  readonly name: string;
  /** Default: 32 hex digits. */
  readonly instanceId?: string | undefined;
  readonly version: string;
  /** JSON text. */
  readonly input: string | null;
  readonly traceParent?: string | undefined;
}

export type StartOutcome =
  | { readonly kind: "started"; readonly instanceId: string }
  | { readonly kind: "invalid"; readonly problem: string }
  | { readonly kind: "exists"; readonly status: RuntimeStatus };

/** How a message to an orchestration was received. */
export type SendOutcome =
  | { readonly kind: "accepted" | "not-found" }
  | { readonly kind: "refused"; readonly status: RuntimeStatus };

/** What clients may do with orchestrations. Everything is durable when a promise resolves. */
export class Orchestrations {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async start(request: NewOrchestration): Promise<StartOutcome> {
    const { store, functions } = this.#engine;
    const instanceId = request.instanceId ?? newId();
    const fn = functions.find("orchestrationTrigger", request.name);
    const problem =
      fn === undefined
        ? functions.missing("orchestrationTrigger", request.name)
        : instanceIdProblem(instanceId);
    if (fn === undefined || problem !== undefined) {
      return { kind: "invalid", problem: problem ?? "" };
    }
    return this.#engine.change<StartOutcome>(() => {
      const { version, input, traceParent = null } = request;
      const start = { instanceId, name: fn.name, version, input, parent: null, traceParent };
      const started = startInstance(store, start, this.#engine.nowMs);
      return started.isStarted
        ? { result: { kind: "started", instanceId }, wake: [instanceId] }
        : { result: { kind: "exists", status: started.existing }, wake: [] };
    });
  }

  /** @param data JSON text. */
  async raiseEvent(instanceId: string, eventName: string, data: string): Promise<SendOutcome> {
    const message = { EventType: EventType.EventRaised, ...this.#stamp(), Name: eventName, Input: data };
    return this.#send(instanceId, message, () => true);
  }

  async terminate(instanceId: string, reason: string): Promise<SendOutcome> {
    const message = { EventType: EventType.ExecutionTerminated, ...this.#stamp(), Input: reason };
    return this.#send(instanceId, message, () => true);
  }

  async suspend(instanceId: string, reason: string): Promise<SendOutcome> {
    const message = { EventType: EventType.ExecutionSuspended, ...this.#stamp(), Reason: reason };
    return this.#send(instanceId, message, (status) => status !== "Suspended");
  }

  async resume(instanceId: string, reason: string): Promise<SendOutcome> {
    const message = { EventType: EventType.ExecutionResumed, ...this.#stamp(), Reason: reason };
    return this.#send(instanceId, message, (status) => status === "Suspended");
  }

  /** Lets a failed orchestration run its failed tasks again. */
  async rewind(instanceId: string, reason: string): Promise<SendOutcome> {
    const { store } = this.#engine;
    return this.#engine.change<SendOutcome>(() => {
      const instance = store.instances.find(instanceId);
      if (instance === undefined) {
        return { result: { kind: "not-found" }, wake: [] };
      }
      if (instance.status !== "Failed") {
        return { result: { kind: "refused", status: instance.status }, wake: [] };
      }
      const wake = rewind(store, instance, { reason, nowMs: this.#engine.nowMs });
      return { result: { kind: "accepted" }, wake };
    });
  }

  /** Returns how many were deleted; undefined when there is no such orchestration. */
  async purge(instanceId: string): Promise<number | undefined> {
    const { store } = this.#engine;
    return this.#engine.change(() => {
      const instance = store.instances.find(instanceId);
      return { result: instance === undefined ? undefined : purge(store, [instance]), wake: [] };
    });
  }

  /** Returns how many were deleted: those that are not finished are not. */
  async purgeAll(filter: InstanceFilter): Promise<number> {
    const { store } = this.#engine;
    return this.#engine.change(() => {
      const instances = store.instances.list(filter, { after: "", limit: Number.MAX_SAFE_INTEGER });
      return { result: purge(store, instances), wake: [] };
    });
  }

  async #send(
    instanceId: string,
    message: Message,
    isWelcome: (status: RuntimeStatus) => boolean,
  ): Promise<SendOutcome> {
    const { store } = this.#engine;
    return this.#engine.change<SendOutcome>(() => {
      const status = store.instances.find(instanceId)?.status;
      if (status === undefined) {
        return { result: { kind: "not-found" }, wake: [] };
      }
      if (isFinal(status) || !isWelcome(status)) {
        return { result: { kind: "refused", status }, wake: [] };
      }
      store.inbox.add(instanceId, message);
      return { result: { kind: "accepted" }, wake: [instanceId] };
    });
  }

  #stamp(): { readonly EventId: number; readonly Timestamp: string } {
    return { EventId: UNNUMBERED, Timestamp: new Date(this.#engine.nowMs).toISOString() };
  }
}
