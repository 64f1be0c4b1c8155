import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { HistoryEntry, Status } from "./durable-runtime.ts";
import type { HostApp } from "./host-app.ts";
import { until } from "./until.ts";

const WEBHOOKS = "runtime/webhooks/durabletask";
const FINAL = ["Completed", "Failed", "Terminated"];

/** The sample app `durable` on some host: everything goes over HTTP. Instances get ids of their own. */
export class DurableHost {
  readonly #app: Pick<HostApp, "url" | "close">;

  constructor(app: Pick<HostApp, "url" | "close">) {
    this.#app = app;
  }

  get url(): string {
    return this.#app.url;
  }

  /** Calls a method of the SDK's client inside a function of the app. */
  async client<Result = unknown>(method: string, ...args: readonly unknown[]): Promise<Result> {
    const response = await fetch(`${this.url}/api/client`, {
      method: "POST",
      body: JSON.stringify({ method, args }),
    });
    const answer = (await response.json()) as { readonly result: Result; readonly error?: string };
    if (answer.error !== undefined) {
      throw new Error(answer.error);
    }
    return answer.result;
  }

  /** Calls the management API; `path` begins with `instances` or `orchestrators`. */
  async api(
    method: string,
    path: string,
    ...[body, headers]: readonly [body?: string | undefined, headers?: Readonly<Record<string, string>>]
  ): Promise<Response> {
    return fetch(`${this.url}/${WEBHOOKS}/${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Starts an orchestration through the SDK; returns its id. */
  async start(name: string, input: unknown = {}, instanceId: string = randomUUID()): Promise<string> {
    return this.client("startNew", name, { input, instanceId });
  }

  /** Starts an orchestration that waits for two events `go`; returns its id when it waits. */
  async waiting(instanceId: string = randomUUID()): Promise<string> {
    await this.start("twoEvents", {}, instanceId);
    await this.became(instanceId, "Running");
    return instanceId;
  }

  async status(instanceId: string): Promise<Status> {
    return this.client("getStatus", instanceId);
  }

  async became(instanceId: string, ...runtimeStatuses: readonly string[]): Promise<Status> {
    return until(
      async () => this.status(instanceId),
      ({ runtimeStatus }) => runtimeStatuses.includes(runtimeStatus),
    );
  }

  /** Waits until an orchestration of many rounds runs with this input. */
  async roundBegan(instanceId: string, input: unknown): Promise<void> {
    await until(
      async () => this.status(instanceId),
      (status) => isDeepStrictEqual(status.input, input),
    );
  }

  async ended(instanceId: string): Promise<Status> {
    return this.became(instanceId, ...FINAL);
  }

  async run(name: string, input?: unknown, instanceId?: string): Promise<Status> {
    return this.ended(await this.start(name, input, instanceId));
  }

  async history(instanceId: string): Promise<readonly HistoryEntry[]> {
    const response = await this.api("GET", `instances/${instanceId}?showHistory=true&showHistoryOutput=true`);
    return ((await response.json()) as { historyEvents: HistoryEntry[] }).historyEvents;
  }

  async close(): Promise<void> {
    await this.#app.close();
  }
}
