import path from "node:path";
import { adminEndpoint } from "./admin/admin-endpoint.ts";
import { type AppFunction, functionsOfKind } from "./app/app-function.ts";
import type { LoadedApp } from "./app/start-app.ts";
import { BlobTriggers } from "./blobs/blob-triggers.ts";
import { type HostClock, RealClock } from "./clock.ts";
import type { FunctionsHost, HostOptions } from "./functions-host.ts";
import type { WriteLog } from "./host-log.ts";
import { bufferedAnswer } from "./http/answer-buffered.ts";
import { streamedAnswer } from "./http/answer-streamed.ts";
import { ConcurrencyGate } from "./http/concurrency-gate.ts";
import { type HostEndpoint, requestDispatcher } from "./http/dispatch-request.ts";
import type { AnswerCall } from "./http/http-call.ts";
import type { PublicServer } from "./http/public-server.ts";
import { Invoker } from "./invocation/invoker.ts";
import { listFunctions } from "./list-functions.ts";
import { Router } from "./routing/router.ts";
import { runNow } from "./run-now.ts";
import { RunningHost } from "./running-host.ts";
import type { HostJson } from "./settings/host-json.ts";
import type { Settings } from "./settings/setting-references.ts";
import { TimerStatusFiles } from "./timers/timer-status.ts";
import { Timers } from "./timers/timers.ts";

const AZURE_MAX_BODY_BYTES = 104_857_600;

const DEFAULT_DRAIN_TIMEOUT_MS = 5_000;

const DEFAULT_BLOB_POLL_INTERVAL_MS = 1_000;

/** What stands once the app is loaded. */
export interface HostGround {
  readonly app: LoadedApp;
  readonly hostJson: HostJson;
  readonly log: WriteLog;
  /** With absolute directories. */
  readonly options: HostOptions;
  readonly port: number;
  readonly server: PublicServer;
  readonly settings: Settings;
}

/**
 * Puts everything that can call a function around the loaded app, and starts it.
 *
 * @throws {@link HostError}
 */
export async function assembleHost(ground: HostGround): Promise<FunctionsHost> {
  const { app, hostJson, log, options, port, server } = ground;
  const clock = options.clock ?? new RealClock();
  const router = new Router(functionsOfKind(app.functions, "http"), hostJson.extensions.http.routePrefix);
  for (const message of router.shadowWarnings()) {
    log({ level: "warning", category: "Host.Startup", message });
  }
  const invoker = new Invoker({
    model: app.model,
    hooks: app.registrations.hooks,
    log,
    durableClient: () => "",
  });
  const timers = timersOf(ground, invoker, clock);
  const blobs = await blobTriggersOf(ground, invoker, clock);
  const functions = listFunctions(app.functions, router.routes, `http://localhost:${port}`);
  const host = new RunningHost({
    ...ground,
    appDirectory: options.appDirectory,
    drainTimeoutMs: options.drainTimeoutMs ?? DEFAULT_DRAIN_TIMEOUT_MS,
    functions,
    invoker,
    runNow: (fn: AppFunction, input: unknown) => runNow({ invoker, timers, blobs }, fn, input),
    sources: [timers, ...(blobs === undefined ? [] : [blobs])],
  });
  const admin = adminEndpoint({ functions, invoke: (name, input) => host.invoke(name, input), log });
  server.serve(
    dispatcherOf(ground, {
      router,
      invoker,
      endpoints: [admin, ...(blobs === undefined ? [] : [blobs.endpoint])],
    }),
  );
  blobs?.start();
  if (options.runSchedules ?? true) {
    await timers.start();
  }
  return host;
}

function timersOf({ app, log, options }: HostGround, invoker: Invoker, clock: HostClock): Timers {
  const statusFiles = new TimerStatusFiles(path.join(options.dataDirectory, "timers"));
  return new Timers(functionsOfKind(app.functions, "timer"), {
    clock,
    invoker,
    log,
    random: Math.random,
    statusFiles,
  });
}

async function blobTriggersOf(
  { app, hostJson, log, options, settings }: HostGround,
  invoker: Invoker,
  clock: HostClock,
): Promise<BlobTriggers | undefined> {
  const functions = functionsOfKind(app.functions, "blob");
  if (functions.length === 0) {
    return undefined;
  }
  const { maxDegreeOfParallelism: maxParallel, poisonBlobThreshold: maxAttempts } = hostJson.extensions.blobs;
  const pollIntervalMs = options.blobPollIntervalMs ?? DEFAULT_BLOB_POLL_INTERVAL_MS;
  const directory = options.dataDirectory;
  return BlobTriggers.open(functions, {
    clock,
    directory,
    invoker,
    log,
    maxAttempts,
    maxParallel,
    pollIntervalMs,
    settings,
  });
}

interface DispatcherParts {
  readonly router: Router;
  readonly invoker: Invoker;
  readonly endpoints: readonly HostEndpoint[];
}

function dispatcherOf(ground: HostGround, { router, invoker, endpoints }: DispatcherParts) {
  return requestDispatcher({
    router,
    gate: new ConcurrencyGate(ground.hostJson.extensions.http),
    answerCall: answerCallOf(ground, invoker),
    endpoints,
    authority: `localhost:${ground.port}`,
    hasHomePage: ground.settings["AzureWebJobsDisableHomepage"]?.toLowerCase() !== "true",
  });
}

function answerCallOf({ app, log, options }: HostGround, invoker: Invoker): AnswerCall {
  const shared = { invoker, log, maxBodyBytes: options.maxBodyBytes ?? AZURE_MAX_BODY_BYTES };
  return app.libraryUrl === undefined
    ? bufferedAnswer(shared)
    : streamedAnswer({ ...shared, libraryUrl: app.libraryUrl, strictHang: options.strictHang ?? false });
}
