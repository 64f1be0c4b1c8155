import { RealClock, type HostClock } from "../../local/host/clock.ts";
import {
  startDurable,
  type DurableRuntime,
  type DurableRuntimeOptions,
} from "../../local/host/durable/runtime.ts";
import type { DurableApp } from "./durable-app.ts";

export interface LogLine {
  readonly level: string;
  readonly message: string;
}

/** What `getStatus` of the SDK answers, as far as tests read it. */
export interface Status {
  readonly name: string;
  readonly instanceId: string;
  readonly runtimeStatus: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly customStatus: unknown;
}

export interface HistoryEntry extends Readonly<Record<string, unknown>> {
  readonly EventType: string;
}

/** A running Durable engine, and the SDK's client for it. */
export interface TestRuntime {
  readonly runtime: DurableRuntime;
  readonly clock: HostClock;
  readonly logs: readonly LogLine[];
  /** Calls a method of the SDK's client inside a function of the app. */
  client<Result = unknown>(method: string, ...args: readonly unknown[]): Promise<Result>;
  /** Starts an orchestration through the SDK; returns its id. */
  start(name: string, input?: unknown, instanceId?: string): Promise<string>;
  status(instanceId: string): Promise<Status>;
  /** Starts an orchestration and waits for its end in real time. */
  run(name: string, input?: unknown, instanceId?: string): Promise<Status>;
  /** Waits in real time until the orchestration has ended. */
  ended(instanceId: string): Promise<Status>;
  /** Calls the HTTP API at the loop-back address that the SDK uses. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  history(instanceId: string): Promise<readonly HistoryEntry[]>;
}

const FINAL = ["Completed", "Failed", "Terminated"];

export async function startTestRuntime(
  app: DurableApp,
  options: Partial<DurableRuntimeOptions> = {},
): Promise<TestRuntime> {
  const logs: LogLine[] = [];
  const clock = options.clock ?? new RealClock();
  const runtime = await startDurable({
    functions: app.functions,
    hubName: "TestHub",
    databaseFile: ":memory:",
    clock,
    publicBaseUrl: "http://localhost:7071",
    invoke: app.invoke,
    log: (level, message) => {
      logs.push({ level, message });
    },
    failsOnSequenceDrift: true,
    ...options,
  });
  const binding = runtime.clientBinding();
  const { rpcBaseUrl } = JSON.parse(binding) as { rpcBaseUrl: string };
  const client = async <Result>(method: string, ...args: readonly unknown[]): Promise<Result> =>
    ((await app.callClient("clientCall", { method, args }, binding)) as { result: Result }).result;
  const status = async (instanceId: string): Promise<Status> => client("getStatus", instanceId);
  const start = async (name: string, input: unknown = {}, instanceId?: string): Promise<string> =>
    client("startNew", name, { input, ...(instanceId === undefined ? {} : { instanceId }) });
  const ended = async (instanceId: string): Promise<Status> => {
    for (;;) {
      await runtime.idle();
      const found = await status(instanceId);
      if (FINAL.includes(found.runtimeStatus)) {
        return found;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
    }
  };
  const fetchPath = async (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${rpcBaseUrl}${path}`, init);
  return {
    runtime,
    clock,
    logs,
    client,
    start,
    status,
    ended,
    run: async (name, input, instanceId) => ended(await start(name, input, instanceId)),
    fetch: fetchPath,
    history: async (instanceId) => {
      const response = await fetchPath(`instances/${instanceId}?showHistory=true&showHistoryOutput=true`);
      return ((await response.json()) as { historyEvents: HistoryEntry[] }).historyEvents;
    },
  };
}
