import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FaultRequest } from "../../local/faults/fault.ts";
import { VirtualClock } from "../../local/host/clock.ts";
import { startHost } from "../../local/host/start-host.ts";
import type { Durations } from "../../local/speech/custom-voice/context.ts";
import { CleanupStack } from "../../local/stack/cleanup-stack.ts";
import { LOCAL_KEY } from "../../local/stack/local-settings.ts";
import { APP_DIRECTORY } from "../../local/stack/start-app-host.ts";
import { startParts } from "../../local/stack/start-parts.ts";

/** The app on the local host and the stand-ins, where the time of Durable and of custom voices is the test's. */
export interface TimedStack {
  readonly url: string;
  /** Milliseconds since the start. */
  passedMs(): number;
  readonly dataDirectory: string;
  /** @returns the custom voice service's answer to a GET, for example of `/models/{id}`. */
  inAzure(path: string): Promise<Response>;
  /**
   * Lets time pass until an answer is the wanted one.
   *
   * @throws Error when it is not after `limitMs`.
   */
  passUntil<T>(time: Passing, ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T>;
  fault(request: FaultRequest): Promise<void>;
  mend(): Promise<void>;
  /** How often the custom voice service was called, by operation such as `PUT /models/{id}`. */
  calls(): Promise<Readonly<Record<string, number>>>;
  /** What the execution of this moment was started with, and how many activities it has in its history. */
  execution(instanceId: string): Promise<Execution>;
  close(): Promise<void>;
}

export interface Passing {
  readonly limitMs: number;
  /** Between two questions. Default: ten minutes. */
  readonly stepMs?: number | undefined;
}

export interface Execution {
  readonly input: Readonly<Record<string, unknown>>;
  readonly activityCount: number;
}

const STEP_MS = 600_000;

/** Possible once in a process, as the host is. */
export async function startTimedStack(durations: Partial<Durations>): Promise<TimedStack> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), "timed-stack-"));
  const startMs = Date.now();
  const clock = new VirtualClock(startMs);
  const cleanup = new CleanupStack();
  cleanup.add({ close: () => rm(dataDirectory, { recursive: true, force: true }) });
  const options = { port: 0, dataDirectory, withFaults: true, customVoiceTime: { clock, durations } };
  const parts = await startParts(options, cleanup);
  const { urls, settings } = parts;
  const host = cleanup.add(
    await startHost({
      appDirectory: APP_DIRECTORY,
      entry: "src/main.ts",
      port: 0,
      dataDirectory: path.join(dataDirectory, "host"),
      settings: {
        ...settings,
        VOICE_POLL_INTERVAL_SECONDS: "10",
        RATE_LIMITING_ENABLED: "false",
        LOG_LEVEL: "error",
      },
      clock,
      onLog: () => undefined,
      runSchedules: false,
      durable: { failsOnSequenceDrift: true },
    }),
  );
  const pass = (durationMs: number): Promise<void> =>
    clock.advanceSettling(clock.now() + durationMs, async () => {
      await host.idle();
      await parts.settled();
    });
  const control = (method: string, what: string, body?: object): Promise<Response> =>
    fetch(`${urls["Faults"]}/${what}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return {
    url: host.url,
    passedMs: () => clock.now() - startMs,
    dataDirectory,
    inAzure: (resource) =>
      fetch(`${urls["Speech"]}/customvoice${resource}?api-version=2026-01-01`, {
        headers: { "ocp-apim-subscription-key": LOCAL_KEY },
      }),
    async passUntil({ limitMs, stepMs = STEP_MS }, ask, isWanted) {
      for (let passedMs = 0; ; passedMs += stepMs) {
        const answer = await ask();
        if (isWanted(answer)) {
          return answer;
        }
        if (passedMs > limitMs) {
          throw new Error(`It did not become what it should: ${JSON.stringify(answer)}`);
        }
        await pass(stepMs);
      }
    },
    async fault(request) {
      await control("POST", "faults", request);
    },
    async mend() {
      await control("DELETE", "faults");
    },
    async calls() {
      const { calls } = (await (await control("GET", "calls")).json()) as {
        readonly calls: readonly {
          readonly service: string;
          readonly operation: string;
          readonly count: number;
        }[];
      };
      const own = calls.filter(({ service }) => service === "custom-voice");
      return Object.fromEntries(own.map(({ operation, count }) => [operation, count]));
    },
    async execution(instanceId) {
      const response = await fetch(
        `${host.url}/runtime/webhooks/durabletask/instances/${instanceId}?showInput=true&showHistory=true`,
      );
      const { input, historyEvents } = (await response.json()) as {
        readonly input: Readonly<Record<string, unknown>>;
        readonly historyEvents: readonly { readonly EventType: string }[];
      };
      const ended = historyEvents.filter(({ EventType }) => /^Task(Completed|Failed)$/.test(EventType));
      return { input, activityCount: ended.length };
    },
    close: () => cleanup.close(),
  };
}
