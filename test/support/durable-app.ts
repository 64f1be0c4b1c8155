import { createCoreModule } from "../../local/host/core/core-module.ts";
import { installCore } from "../../local/host/core/install-core.ts";
import type { InputData, ProgrammingModel } from "../../local/host/core/protocol.ts";
import { Registrations, type Registration } from "../../local/host/core/registrations.ts";
import { valueOf } from "../../local/host/invocation/typed-data.ts";
import type { DurableFunction, InvokeFunction } from "../../local/host/durable/engine/engine-options.ts";

/** An app on the real SDK packages, whose functions tests call directly. */
export interface DurableApp {
  readonly functions: readonly DurableFunction[];
  readonly invoke: InvokeFunction;
  /** Calls a function that has a Durable client, as a trigger other than HTTP would. */
  callClient(functionName: string, input: unknown, clientBinding: string): Promise<unknown>;
}

/** Loads the app; possible once in a process, as for the host. */
export async function loadDurableApp(load: () => Promise<unknown>): Promise<DurableApp> {
  const registrations = new Registrations();
  installCore(createCoreModule(registrations, () => {}));
  await load();
  const [model] = registrations.models;
  if (model === undefined) {
    throw new Error("The app loaded no @azure/functions.");
  }
  await model.getCapabilities?.({});
  registrations.lock();
  const byName = new Map(registrations.functions.map((fn) => [fn.metadata.name, fn]));
  const functionOf = (name: string): Registration => {
    const fn = byName.get(name);
    if (fn === undefined) {
      throw new Error(`The app has no function ${name}.`);
    }
    return fn;
  };
  return {
    functions: registrations.functions.flatMap((fn) => durableFunctionOf(fn) ?? []),
    invoke: async (name, { bindingName, text, traceParent, onContext }) =>
      run(model, functionOf(name), { inputs: { [bindingName]: dataOf(text) }, traceParent, onContext }),
    callClient: async (name, input, clientBinding) => {
      const fn = functionOf(name);
      const inputs = Object.entries(fn.metadata.bindings).map(([bindingName, { type }]) => [
        bindingName,
        { string: type === "durableClient" ? clientBinding : JSON.stringify(input) },
      ]);
      return run(model, fn, { inputs: Object.fromEntries(inputs) as Record<string, InputData> });
    },
  };
}

function durableFunctionOf({ metadata }: Registration): DurableFunction | undefined {
  const [trigger] = Object.entries(metadata.bindings).filter(([, { type }]) =>
    String(type).endsWith("Trigger"),
  );
  const kind = trigger?.[1]["type"];
  return trigger !== undefined && (kind === "orchestrationTrigger" || kind === "activityTrigger")
    ? { name: metadata.name, kind, bindingName: trigger[0] }
    : undefined;
}

function dataOf(text: string | undefined): InputData {
  return text === undefined ? {} : { string: text };
}

interface Call {
  readonly inputs: Readonly<Record<string, InputData>>;
  readonly traceParent?: string | undefined;
  readonly onContext?: ((context: unknown) => void) | undefined;
}

async function run(
  model: ProgrammingModel,
  fn: Registration,
  { inputs, traceParent = "", onContext }: Call,
): Promise<unknown> {
  const invocation = await model.getInvocationModel({
    invocationId: "test",
    metadata: fn.metadata,
    state: undefined,
    log: () => {},
    request: {
      invocationId: "test",
      functionId: fn.metadata.name,
      inputData: Object.entries(inputs).map(([name, data]) => ({ name, data })),
      triggerMetadata: {},
      traceContext: { traceParent, traceState: "", attributes: {} },
      retryContext: null,
    },
  });
  const { context, inputs: handlerInputs } = await invocation.getArguments();
  onContext?.(context);
  const result = await invocation.invokeFunction(context, handlerInputs, fn.callback);
  return valueOf((await invocation.getResponse(context, result)).returnValue);
}
