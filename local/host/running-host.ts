import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { HostError } from "./host-error.ts";
import type { AppFunction } from "./app/app-function.ts";
import type { LoadedApp } from "./app/start-app.ts";
import type { FunctionListing, FunctionsHost } from "./functions-host.ts";
import type { WriteLog } from "./host-log.ts";
import type { PublicServer } from "./http/public-server.ts";
import type { InvocationSource } from "./invocation/invocation-source.ts";
import type { Invoker } from "./invocation/invoker.ts";
import { printListing } from "./list-functions.ts";

export interface RunningHostParts {
  readonly app: LoadedApp;
  readonly appDirectory: string;
  readonly drainTimeoutMs: number;
  readonly functions: readonly FunctionListing[];
  readonly invoker: Invoker;
  readonly log: WriteLog;
  readonly port: number;
  readonly server: PublicServer;
  readonly sources: readonly InvocationSource[];
  /** What HTTP calls use to start orchestrations. */
  readonly durable: InvocationSource | undefined;
  readonly runNow: (fn: AppFunction, input: unknown) => Promise<unknown>;
}

export class RunningHost implements FunctionsHost {
  readonly #parts: RunningHostParts;
  #closing: Promise<void> | undefined;

  constructor(parts: RunningHostParts) {
    this.#parts = parts;
  }

  get port(): number {
    return this.#parts.port;
  }

  get url(): string {
    return `http://localhost:${this.#parts.port}`;
  }

  get functions(): readonly FunctionListing[] {
    return this.#parts.functions;
  }

  listing(): string {
    return printListing(this.functions);
  }

  async invoke(functionName: string, input?: unknown): Promise<unknown> {
    return this.#parts.runNow(this.#functionNamed(functionName), input);
  }

  async fireTimer(functionName: string): Promise<void> {
    await this.#parts.runNow(this.#functionNamed(functionName), undefined);
  }

  async idle(): Promise<void> {
    const { invoker, sources, durable } = this.#parts;
    do {
      await Promise.all([...sources.map((source) => source.idle()), durable?.idle()]);
      await invoker.running.idle();
    } while (invoker.running.count > 0);
  }

  /** Closing twice is closing once. */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { app, appDirectory, durable, invoker, server, sources } = this.#parts;
    server.stopListening();
    await this.#drain(
      Promise.all([
        ...sources.map((source) => source.close()),
        invoker.running.idle(),
        // A call that is being answered may start an orchestration yet.
        server.answers.idle().then(() => durable?.close()),
      ]),
    );
    await app.registrations.hooks.runApp("appTerminate", path.resolve(appDirectory));
    server.close();
    for (const libraryServer of app.libraryServers) {
      libraryServer.close();
      libraryServer.closeAllConnections();
    }
  }

  async #drain(ended: Promise<unknown>): Promise<void> {
    const { drainTimeoutMs, invoker, log, server } = this.#parts;
    const timeout = new AbortController();
    const timedOut = delay(drainTimeoutMs, "timed out" as const, { signal: timeout.signal });
    const drained = await Promise.race([ended, timedOut]);
    timeout.abort();
    if (drained === "timed out") {
      log({
        level: "warning",
        category: "Host",
        message: `The host stops although ${invoker.running.count} function calls and ${server.answers.count} answers are under way after ${drainTimeoutMs} ms.`,
      });
    }
  }

  #functionNamed(name: string): AppFunction {
    const fn = this.#parts.app.functions.find((candidate) => candidate.name === name);
    if (fn === undefined) {
      throw new HostError("function-invalid", `The app has no function "${name}".`);
    }
    return fn;
  }
}
