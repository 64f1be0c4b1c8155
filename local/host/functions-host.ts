import type { HostClock } from "./clock.ts";
import type { EngineOptions } from "./durable/engine/engine-options.ts";
import type { WriteLog } from "./host-log.ts";

export interface HostOptions {
  /** Folder with host.json and package.json. */
  readonly appDirectory: string;
  /** File or glob to load instead of `main` of package.json, relative to `appDirectory`: `src/main.ts`. */
  readonly entry?: string | undefined;
  /** 0 takes any free port. Default: `LocalHttpPort` of local.settings.json, else 7071. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: 127.0.0.1. */
  readonly host?: string | undefined;
  /** Where the host keeps what must survive a restart. */
  readonly dataDirectory: string;
  /** Set in the environment of the app, over what stands there. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly clock?: HostClock | undefined;
  readonly onLog?: WriteLog | undefined;
  /** Runs timers by their schedules; without it only {@link FunctionsHost.fireTimer} does. Default: true. */
  readonly runSchedules?: boolean | undefined;
  /** How often the containers of blob functions are looked into; 0: never. Default: 1000. */
  readonly blobPollIntervalMs?: number | undefined;
  /** How Durable Functions runs, and what goes wrong with it on purpose. */
  readonly durable?:
    | Pick<
        EngineOptions,
        "chaos" | "failsOnSequenceDrift" | "maxConcurrentActivities" | "maxConcurrentOrchestrators"
      >
    | undefined;
  /** Leaves clients of failed streamed calls without an answer, as Azure does. Default: false. */
  readonly strictHang?: boolean | undefined;
  /** Largest request body. Default: 104,857,600, as on Azure. */
  readonly maxBodyBytes?: number | undefined;
  /** How long a stop waits for what runs. Default: 5000. */
  readonly drainTimeoutMs?: number | undefined;
}

export interface FunctionListing {
  readonly name: string;
  /** `httpTrigger`, `timerTrigger` and so on. */
  readonly trigger: string;
  /** HTTP functions only. */
  readonly methods?: readonly string[] | undefined;
  /** HTTP functions only; with the route's parameters in braces. */
  readonly url?: string | undefined;
}

/** One app that runs in this process. */
export interface FunctionsHost {
  readonly url: string;
  readonly port: number;
  readonly functions: readonly FunctionListing[];
  /** The functions with their URLs, as Core Tools prints them. */
  listing(): string;
  /**
   * Runs an activity, a timer or a blob function now, and returns what it returned.
   *
   * @param input for an activity a value, for a blob function `container/blob`; timers take none.
   */
  invoke(functionName: string, input?: unknown): Promise<unknown>;
  fireTimer(functionName: string): Promise<void>;
  /** Resolves when no function runs and no message waits. */
  idle(): Promise<void>;
  /** Ends new calls, lets running ones end, runs `appTerminate` hooks and frees the ports. */
  close(): Promise<void>;
}
