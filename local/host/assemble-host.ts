import { adminEndpoint } from "./admin/admin-endpoint.ts";
import { functionsOfKind } from "./app/app-function.ts";
import { RealClock } from "./clock.ts";
import type { FunctionsHost } from "./functions-host.ts";
import type { HostGround } from "./host-ground.ts";
import { bufferedAnswer } from "./http/answer-buffered.ts";
import { streamedAnswer } from "./http/answer-streamed.ts";
import { ConcurrencyGate } from "./http/concurrency-gate.ts";
import { type HostEndpoint, requestDispatcher } from "./http/dispatch-request.ts";
import type { AnswerCall } from "./http/http-call.ts";
import type { HandleRequest } from "./http/public-server.ts";
import type { Invoker } from "./invocation/invoker.ts";
import { listFunctions } from "./list-functions.ts";
import { openTriggers } from "./open-triggers.ts";
import { Router } from "./routing/router.ts";
import { runNow } from "./run-now.ts";
import { RunningHost } from "./running-host.ts";

const AZURE_MAX_BODY_BYTES = 104_857_600;

const DEFAULT_DRAIN_TIMEOUT_MS = 5_000;

/**
 * Puts everything that can call a function around the loaded app, and starts it.
 *
 * @throws {@link HostError}
 */
export async function assembleHost(ground: HostGround): Promise<FunctionsHost> {
  const { app, hostJson, log, options, port, server } = ground;
  const router = new Router(functionsOfKind(app.functions, "http"), hostJson.extensions.http.routePrefix);
  for (const message of router.shadowWarnings()) {
    log({ level: "warning", category: "Host.Startup", message });
  }
  const triggers = await openTriggers(ground, options.clock ?? new RealClock());
  const functions = listFunctions(app.functions, router.routes, `http://localhost:${port}`);
  const host = new RunningHost({
    ...ground,
    ...triggers,
    appDirectory: options.appDirectory,
    drainTimeoutMs: options.drainTimeoutMs ?? DEFAULT_DRAIN_TIMEOUT_MS,
    functions,
    runNow: (fn, input) => runNow(triggers, fn, input),
  });
  const admin = adminEndpoint({ functions, invoke: (name, input) => host.invoke(name, input), log });
  const endpoints = [admin, ...triggers.endpoints];
  server.serve(dispatcherOf(ground, { router, invoker: triggers.invoker, endpoints }));
  triggers.blobs?.start();
  if (options.runSchedules ?? true) {
    await triggers.timers.start();
  }
  return host;
}

interface DispatcherParts {
  readonly router: Router;
  readonly invoker: Invoker;
  readonly endpoints: readonly HostEndpoint[];
}

function dispatcherOf(ground: HostGround, { router, invoker, endpoints }: DispatcherParts): HandleRequest {
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
