import { AsyncLocalStorage } from "node:async_hooks";
import type { InvocationContext } from "@azure/functions";
import { type DurableClient, getClient, OrchestrationRuntimeStatus } from "durable-functions";
import type {
  Orchestrations,
  OrchestrationState,
  OrchestrationStatus,
} from "../../application/ports/orchestrations.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

const STATES: Readonly<Record<OrchestrationRuntimeStatus, OrchestrationState>> = {
  [OrchestrationRuntimeStatus.Pending]: "pending",
  [OrchestrationRuntimeStatus.Running]: "running",
  [OrchestrationRuntimeStatus.ContinuedAsNew]: "running",
  [OrchestrationRuntimeStatus.Suspended]: "suspended",
  [OrchestrationRuntimeStatus.Completed]: "completed",
  [OrchestrationRuntimeStatus.Failed]: "failed",
  [OrchestrationRuntimeStatus.Terminated]: "terminated",
  [OrchestrationRuntimeStatus.Canceled]: "canceled",
};

const UNFINISHED: ReadonlySet<OrchestrationState> = new Set(["pending", "running", "suspended"]);

/**
 * {@link Orchestrations} through the client binding of the Function that is being invoked; works only inside
 * {@link DurableOrchestrations.within}.
 */
export class DurableOrchestrations implements Orchestrations {
  readonly #invocation = new AsyncLocalStorage<InvocationContext>();

  /** Runs something that may start and steer orchestrations. The Function must have a durableClient input. */
  within<T>(context: InvocationContext, run: () => Promise<T>): Promise<T> {
    return this.#invocation.run(context, run);
  }

  async start(name: string, instanceId: string, input: object): Promise<void> {
    const client = this.#client();
    if (await isUnfinished(client, instanceId)) {
      return;
    }
    try {
      await client.startNew(name, { instanceId, input });
    } catch (cause) {
      // The host answers 500 for an id that is at work: another caller was quicker.
      if (!(await isUnfinished(client, instanceId))) {
        throw unavailable(cause);
      }
    }
  }

  async raiseEvent(instanceId: string, eventName: string, data: object): Promise<void> {
    const client = this.#client();
    if (await isUnfinished(client, instanceId)) {
      await guarded(client.raiseEvent(instanceId, eventName, data));
    }
  }

  async terminate(instanceId: string, reason: string): Promise<void> {
    const client = this.#client();
    if (await isUnfinished(client, instanceId)) {
      await guarded(client.terminate(instanceId, reason));
    }
  }

  status(instanceId: string): Promise<OrchestrationStatus | undefined> {
    return statusOf(this.#client(), instanceId);
  }

  #client(): DurableClient {
    const context = this.#invocation.getStore();
    if (context === undefined) {
      throw new Error("Orchestrations are reached from inside an invocation only.");
    }
    return getClient(context);
  }
}

async function isUnfinished(client: DurableClient, instanceId: string): Promise<boolean> {
  const status = await statusOf(client, instanceId);
  return status !== undefined && UNFINISHED.has(status.state);
}

async function statusOf(client: DurableClient, instanceId: string): Promise<OrchestrationStatus | undefined> {
  try {
    const status = await client.getStatus(instanceId, { showInput: false });
    return { state: STATES[status.runtimeStatus], customStatus: status.customStatus, output: status.output };
  } catch (error) {
    // The client has no other way to say that an instance is unknown.
    if (error instanceof Error && error.message.includes("HTTP 404")) {
      return undefined;
    }
    throw unavailable(error);
  }
}

async function guarded(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (cause) {
    throw unavailable(cause);
  }
}

function unavailable(cause: unknown): ServiceError {
  return new ServiceError("store-unavailable", "The Durable back end does not answer.", {
    cause,
    retryAfterSeconds: 5,
  });
}
