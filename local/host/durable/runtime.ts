import type { IncomingMessage, ServerResponse } from "node:http";
import { ClientApi } from "./client-api/client-api.ts";
import { clientBindingText, WEBHOOK_PATH, type HubAddress } from "./client-api/management-urls.ts";
import type { EngineOptions } from "./engine/engine-options.ts";
import { Engine } from "./engine/engine.ts";
import { Orchestrations } from "./operations/orchestrations.ts";
import { startRpcServer } from "./rpc-server.ts";

const RPC_PATH = "/durabletask";
const DEFAULT_CLOSE_GRACE_MS = 2000;

export interface DurableRuntimeOptions extends EngineOptions {
  readonly hubName: string;
  /** For example http://localhost:7071. */
  readonly publicBaseUrl: string;
  /** How long {@link DurableRuntime.close} waits for running activities. Default 2000. */
  readonly closeGraceMs?: number;
}

/** Durable Functions for one app: what the real SDK expects of its host. */
export interface DurableRuntime {
  /** What an input binding of the type `durableClient` carries, as JSON text. */
  clientBinding(): string;
  /** Answers a request below /runtime/webhooks/durabletask. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Resolves as soon as nothing runs and nothing is queued. Timers and events may still be awaited. */
  idle(): Promise<void>;
  /** Starts nothing more, waits for what runs, closes the file. What was cut off runs again next time. */
  close(): Promise<void>;
  /** Drops everything in memory at once, as the death of the process does. For tests of recovery. */
  abandon(): void;
}

/**
 * Opens the store, goes on with every orchestration in it, and listens for the SDK on the loop-back interface.
 *
 * @throws {Error} when the database file is in use by another process or cannot be read.
 */
export async function startDurable(options: DurableRuntimeOptions): Promise<DurableRuntime> {
  const engine = new Engine(options);
  let hub: HubAddress = { hubName: options.hubName, publicBaseUrl: options.publicBaseUrl, rpcBaseUrl: "" };
  const api = new ClientApi({
    orchestrations: new Orchestrations(engine),
    store: engine.store,
    clock: options.clock,
    hub,
    log: options.log,
  });
  const rpc = await startRpcServer(async (request, response) => api.handle(request, response, RPC_PATH));
  hub = { ...hub, rpcBaseUrl: `http://127.0.0.1:${rpc.port}${RPC_PATH}/` };
  engine.recover();
  return {
    clientBinding: () => clientBindingText(hub),
    handle: async (request, response) => api.handle(request, response, WEBHOOK_PATH),
    idle: async () => engine.idle(),
    close: async () => {
      await engine.close(options.closeGraceMs ?? DEFAULT_CLOSE_GRACE_MS);
      rpc.close();
    },
    abandon: () => {
      rpc.close();
      engine.abandon();
    },
  };
}
