import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { FunctionListing } from "../functions-host.ts";
import { HostError } from "../host-error.ts";
import type { WriteLog } from "../host-log.ts";
import { type HostMessage, hostMessageSchema, type ProcessOptions } from "./host-messages.ts";

export interface HostProcess {
  readonly url: string;
  readonly port: number;
  readonly functions: readonly FunctionListing[];
  readonly processId: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  listing(): string;
  /** Stops as `FunctionsHost.close` does and waits for the end of the process; after the grace period it is killed. */
  close(graceMs?: number): Promise<void>;
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>;
}

const CHILD_PROGRAM = path.join(import.meta.dirname, "host-child.ts");

const DEFAULT_GRACE_MS = 10_000;

/**
 * Runs an app on a host in a process of its own, so that it can be started again, or killed.
 *
 * @param onLog takes the log lines, which the process prints otherwise.
 * @throws {@link HostError} as {@link startHost} does.
 */
export async function startHostProcess(options: ProcessOptions, onLog?: WriteLog): Promise<HostProcess> {
  const child = fork(CHILD_PROGRAM, {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    serialization: "json",
  });
  const ready = Promise.withResolvers<Extract<HostMessage, { kind: "ready" }>>();
  child.on("message", (value) => {
    const message = hostMessageSchema.parse(value);
    switch (message.kind) {
      case "log":
        onLog?.(message.entry);
        break;
      case "ready":
        ready.resolve(message);
        break;
      case "failed":
        ready.reject(new HostError(message.code, message.message));
        break;
    }
  });
  child.once("exit", (code) => {
    ready.reject(new HostError("app-not-loaded", `The host ended with exit code ${code} while it started.`));
  });
  child.send({ ...options, forwardsLogs: onLog !== undefined });
  return hostProcess(child, await ready.promise);
}

function hostProcess(child: ChildProcess, ready: Extract<HostMessage, { kind: "ready" }>): HostProcess {
  const exited = once(child, "exit").then(() => undefined);
  return {
    url: `http://localhost:${ready.port}`,
    port: ready.port,
    functions: ready.functions,
    processId: child.pid ?? 0,
    exited,
    listing: () => ready.listing,
    close: async (graceMs = DEFAULT_GRACE_MS) => {
      child.kill("SIGTERM");
      const timeout = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await exited;
      clearTimeout(timeout);
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
