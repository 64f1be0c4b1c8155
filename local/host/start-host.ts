import path from "node:path";
import { functionsOfKind } from "./app/app-function.ts";
import { type LoadedApp, startApp } from "./app/start-app.ts";
import type { FunctionsHost, HostOptions } from "./functions-host.ts";
import { HostError } from "./host-error.ts";
import { filteredLog, type WriteLog } from "./host-log.ts";
import { bufferedAnswer } from "./http/answer-buffered.ts";
import { streamedAnswer } from "./http/answer-streamed.ts";
import { ConcurrencyGate } from "./http/concurrency-gate.ts";
import { requestDispatcher } from "./http/dispatch-request.ts";
import { failResponse } from "./http/end-response.ts";
import type { AnswerCall } from "./http/http-call.ts";
import { PublicServer } from "./http/public-server.ts";
import { BodyTooLargeError } from "./http/read-body.ts";
import { Invoker } from "./invocation/invoker.ts";
import { listFunctions } from "./list-functions.ts";
import { printLog } from "./print-log.ts";
import { Router } from "./routing/router.ts";
import { RunningHost } from "./running-host.ts";
import { enterApp } from "./settings/environment.ts";
import { type HostJson, readHostJson } from "./settings/host-json.ts";
import { readLocalSettings } from "./settings/local-settings.ts";
import type { Settings } from "./settings/setting-references.ts";

const AZURE_MAX_BODY_BYTES = 104_857_600;

const DEFAULT_DRAIN_TIMEOUT_MS = 5_000;

/** Everything that stands before the app is loaded. */
interface Ground {
  readonly options: HostOptions;
  readonly hostJson: HostJson;
  readonly log: WriteLog;
  readonly port: number;
  readonly server: PublicServer;
  readonly settings: Settings;
}

/**
 * Runs one Functions app in this process. A process can run one app only, once.
 *
 * @throws {@link HostError} whose code and message say what keeps the app from starting.
 */
export async function startHost(options: HostOptions): Promise<FunctionsHost> {
  const appDirectory = path.resolve(options.appDirectory);
  const localSettings = await readLocalSettings(appDirectory);
  const settings = { ...localSettings.values, ...process.env, ...options.settings };
  const hostJson = await readHostJson(appDirectory, settings);
  const log = filteredLog(hostJson.logging.logLevel, options.onLog ?? printLog);
  if (localSettings.cors !== undefined) {
    hostLog(
      log,
      "warning",
      "Host.CORS of local.settings.json has no effect: the app must answer preflights itself.",
    );
  }
  const server = new PublicServer((error, response) => {
    if (error instanceof BodyTooLargeError) {
      failResponse(response, 413);
    } else {
      hostLog(log, "error", `A request failed in the host: ${String(error)}`);
      failResponse(response, 500);
    }
  });
  const port = await server.listen(options.port, options.host ?? "127.0.0.1");
  try {
    enterApp({ appDirectory, port, settings: options.settings ?? {}, localSettings: localSettings.values });
    return await runApp({ options: { ...options, appDirectory }, hostJson, log, port, server, settings });
  } catch (error) {
    server.close();
    throw error;
  }
}

async function runApp(ground: Ground): Promise<FunctionsHost> {
  const { options, hostJson, log, port, server, settings } = ground;
  const { appDirectory, entry } = options;
  const app = await startApp({
    appDirectory,
    entry,
    settings,
    log: (level, category, message) => {
      if (level !== "none") {
        log({ level, category: category === "user" ? "Host.Function.Console" : "Worker", message });
      }
    },
  });
  const invoker = new Invoker({
    model: app.model,
    hooks: app.registrations.hooks,
    log,
    durableClient: () => {
      throw new HostError("function-unsupported", "durable");
    },
  });
  const router = new Router(functionsOfKind(app.functions, "http"), hostJson.extensions.http.routePrefix);
  for (const warning of router.shadowWarnings()) {
    hostLog(log, "warning", warning);
  }
  server.serve(
    requestDispatcher({
      router,
      gate: new ConcurrencyGate(hostJson.extensions.http),
      answerCall: answerCallOf(ground, app, invoker),
      endpoints: [],
      authority: `localhost:${port}`,
      hasHomePage: settings["AzureWebJobsDisableHomepage"]?.toLowerCase() !== "true",
    }),
  );
  return new RunningHost({
    app,
    appDirectory,
    drainTimeoutMs: options.drainTimeoutMs ?? DEFAULT_DRAIN_TIMEOUT_MS,
    functions: listFunctions(app.functions, router.routes, `http://localhost:${port}`),
    invoker,
    log,
    port,
    server,
    sources: [],
    runNow: async () => undefined,
  });
}

function answerCallOf({ options, log }: Ground, app: LoadedApp, invoker: Invoker): AnswerCall {
  const shared = { invoker, log, maxBodyBytes: options.maxBodyBytes ?? AZURE_MAX_BODY_BYTES };
  return app.libraryUrl === undefined
    ? bufferedAnswer(shared)
    : streamedAnswer({ ...shared, libraryUrl: app.libraryUrl, strictHang: options.strictHang ?? false });
}

function hostLog(log: WriteLog, level: "warning" | "error", message: string): void {
  log({ level, category: "Host", message });
}
