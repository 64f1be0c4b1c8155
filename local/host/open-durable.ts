import path from "node:path";
import { type AppFunction, functionsOfKind } from "./app/app-function.ts";
import type { HostClock } from "./clock.ts";
import type { DurableFunction, InvokeFunction } from "./durable/engine/engine-options.ts";
import type { DurableRuntime } from "./durable/runtime.ts";
import type { HostOptions } from "./functions-host.ts";
import { HostError } from "./host-error.ts";
import type { WriteLog } from "./host-log.ts";
import type { Invoker } from "./invocation/invoker.ts";
import { valueOf } from "./invocation/typed-data.ts";

export interface OpenDurableOptions {
  readonly clock: HostClock;
  readonly functions: readonly AppFunction[];
  readonly hubName: string;
  readonly invoker: Invoker;
  readonly log: WriteLog;
  /** With an absolute data directory. */
  readonly options: HostOptions;
  readonly port: number;
}

/** Starts Durable Functions for an app that has any orchestration, activity or Durable client. */
export async function openDurable(parts: OpenDurableOptions): Promise<DurableRuntime | undefined> {
  const { clock, functions, hubName, invoker, log, options, port } = parts;
  const durableFunctions = durableFunctionsOf(functions);
  if (durableFunctions.length === 0 && functions.every((fn) => fn.durableClients.length === 0)) {
    return undefined;
  }
  const { startDurable } = await import("./durable/runtime.ts");
  return startDurable({
    clock,
    functions: durableFunctions,
    hubName,
    databaseFile: path.join(options.dataDirectory, "durable.sqlite"),
    publicBaseUrl: `http://localhost:${port}`,
    invoke: invokerOf(functions, invoker),
    log: (level, message) => {
      log({ level, category: "Host.Triggers.DurableTask", message });
    },
    ...options.durable,
  });
}

function durableFunctionsOf(functions: readonly AppFunction[]): readonly DurableFunction[] {
  const orchestrators = functionsOfKind(functions, "orchestration");
  const activities = functionsOfKind(functions, "activity");
  return [
    ...orchestrators.map((fn) => durableFunction(fn, "orchestrationTrigger")),
    ...activities.map((fn) => durableFunction(fn, "activityTrigger")),
  ];
}

function durableFunction({ name, trigger }: AppFunction, kind: DurableFunction["kind"]): DurableFunction {
  return { name, kind, bindingName: trigger.bindingName };
}

function invokerOf(functions: readonly AppFunction[], invoker: Invoker): InvokeFunction {
  const byName = new Map(functions.map((fn) => [fn.name, fn]));
  return async (functionName, { bindingName, text, traceParent, onContext }, instanceId) => {
    const fn = byName.get(functionName);
    if (fn === undefined) {
      throw new HostError("function-invalid", `The app has no function "${functionName}".`);
    }
    const outcome = await invoker.invoke({
      fn,
      reason: "(null)",
      inputs: { [bindingName]: text === undefined ? {} : { string: text } },
      triggerMetadata: { instanceId: { string: instanceId } },
      traceParent,
      onArguments: onContext,
    });
    if (!outcome.succeeded) {
      throw outcome.error;
    }
    return valueOf(outcome.response.returnValue);
  };
}
