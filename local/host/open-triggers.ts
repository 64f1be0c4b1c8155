import path from "node:path";
import { functionsOfKind } from "./app/app-function.ts";
import type { BlobTriggers } from "./blobs/blob-triggers.ts";
import type { HostClock } from "./clock.ts";
import type { DurableRuntime } from "./durable/runtime.ts";
import type { HostGround } from "./host-ground.ts";
import type { HostEndpoint } from "./http/dispatch-request.ts";
import type { InvocationSource } from "./invocation/invocation-source.ts";
import { Invoker } from "./invocation/invoker.ts";
import { openDurable } from "./open-durable.ts";
import { TimerStatusFiles } from "./timers/timer-status.ts";
import { Timers } from "./timers/timers.ts";

const DEFAULT_BLOB_POLL_INTERVAL_MS = 1_000;

/** Everything but HTTP that calls the functions of an app. */
export interface Triggers {
  readonly invoker: Invoker;
  readonly timers: Timers;
  readonly blobs: BlobTriggers | undefined;
  readonly sources: readonly InvocationSource[];
  readonly durable: InvocationSource | undefined;
  readonly endpoints: readonly HostEndpoint[];
}

/**
 * Opens what the app's triggers need. Orchestrations of an earlier run go on at once, timers and blobs wait to be started.
 *
 * @throws {@link HostError} `function-invalid`, `setting-missing`, `timer-invalid`
 */
export async function openTriggers(ground: HostGround, clock: HostClock): Promise<Triggers> {
  const { app, hostJson, log, options, port } = ground;
  const clientBinding = Promise.withResolvers<string>();
  const hooks = app.registrations.hooks;
  const invoker = new Invoker({
    model: app.model,
    hooks,
    log,
    timeoutMs: hostJson.functionTimeout,
    durableClient: () => clientBinding.promise,
  });
  const timers = timersOf(ground, invoker, clock);
  const blobs = await blobTriggersOf(ground, invoker, clock);
  const hubName = hostJson.extensions.durableTask.hubName;
  const durable = await openDurable({
    clock,
    functions: app.functions,
    hubName,
    invoker,
    log,
    options,
    port,
  });
  clientBinding.resolve(durable?.clientBinding() ?? "");
  return {
    invoker,
    timers,
    blobs,
    sources: blobs === undefined ? [timers] : [timers, blobs],
    durable,
    endpoints: [
      ...(durable === undefined ? [] : [durableEndpoint(durable)]),
      ...(blobs === undefined ? [] : [blobs.endpoint]),
    ],
  };
}

function durableEndpoint(durable: DurableRuntime): HostEndpoint {
  return {
    prefix: "/runtime/webhooks/durabletask",
    handle: (request, response) => durable.handle(request, response),
  };
}

function timersOf({ app, log, options }: HostGround, invoker: Invoker, clock: HostClock): Timers {
  const statuses = new TimerStatusFiles(path.join(options.dataDirectory, "timers"));
  const functions = functionsOfKind(app.functions, "timer");
  return new Timers(functions, { clock, invoker, log, random: Math.random, statuses });
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
  const { BlobTriggers: Triggers } = await import("./blobs/blob-triggers.ts");
  return Triggers.open(functions, {
    clock,
    directory: options.dataDirectory,
    invoker,
    log,
    maxAttempts,
    maxParallel,
    pollIntervalMs: options.blobPollIntervalMs ?? DEFAULT_BLOB_POLL_INTERVAL_MS,
    settings,
  });
}
