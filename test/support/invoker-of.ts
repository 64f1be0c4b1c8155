import type { AppFunction, Trigger } from "../../local/host/app/app-function.ts";
import { Hooks } from "../../local/host/core/hooks.ts";
import type { CoreInvocationContext, ProgrammingModel } from "../../local/host/core/protocol.ts";
import type { HostLogEntry } from "../../local/host/host-log.ts";
import { Invoker } from "../../local/host/invocation/invoker.ts";

export interface TestInvoker {
  readonly invoker: Invoker;
  readonly hooks: Hooks;
  readonly logs: readonly HostLogEntry[];
  /** What the library was given, in order. */
  readonly contexts: readonly CoreInvocationContext[];
}

/** An invoker on a library that hands the first input's text to the callback, and its result back as a string. */
export function invokerOf(timeoutMs = 1_000): TestInvoker {
  const logs: HostLogEntry[] = [];
  const contexts: CoreInvocationContext[] = [];
  const hooks = new Hooks();
  const model: ProgrammingModel = {
    name: "test",
    version: "4.x",
    getInvocationModel: (context) => {
      contexts.push(context);
      return {
        getArguments: async () => ({
          context,
          inputs: context.request.inputData.map(({ data }) => textOf(data)),
        }),
        invokeFunction: async (_context, inputs, callback) => callback(...inputs),
        getResponse: async (_context, result) => ({ returnValue: { string: String(result) } }),
      };
    },
  };
  const log = (entry: HostLogEntry): void => {
    logs.push(entry);
  };
  const invoker = new Invoker({ model, hooks, log, timeoutMs, durableClient: async () => "client" });
  return { invoker, hooks, logs, contexts };
}

export function appFunction<Kind extends Trigger>(
  trigger: Kind,
  callback: AppFunction["callback"],
  more: Partial<Pick<AppFunction, "name" | "retry" | "durableClients">> = {},
): AppFunction<Kind> {
  const name = more.name ?? "fn";
  return {
    name,
    trigger,
    callback,
    durableClients: [],
    retry: undefined,
    metadata: { name, bindings: {} },
    ...more,
  };
}

function textOf({
  string,
  json,
}: {
  readonly string?: string | null;
  readonly json?: string | null;
}): unknown {
  return string ?? json;
}
