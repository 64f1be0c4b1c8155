import { randomUUID } from "node:crypto";
import type { AppFunction } from "../app/app-function.ts";
import type { Hooks } from "../core/hooks.ts";
import type {
  CoreInvocationContext,
  InputData,
  InvocationModel,
  InvocationRequest,
  InvocationResponse,
  ProgrammingModel,
  RetryContext,
  RpcLogLevel,
} from "../core/protocol.ts";
import type { HostLogEntry, WriteLog } from "../host-log.ts";
import { WorkInProgress } from "../work-in-progress.ts";
import { traceParentFrom } from "./trace-context.ts";

export interface Invocation {
  readonly fn: AppFunction;
  /** Why it runs, as the log line says it. */
  readonly reason: string;
  readonly inputs: Readonly<Record<string, InputData>>;
  readonly triggerMetadata?: Readonly<Record<string, InputData>>;
  readonly invocationId?: string;
  readonly retryContext?: RetryContext;
  readonly traceParent?: string | undefined;
  readonly traceState?: string | undefined;
  /**
   * Called with the library's invocation context when it has the arguments, which for a streamed request means that it
   * holds the request.
   */
  readonly onArguments?: ((context: unknown) => void) | undefined;
}

type IdentifiedInvocation = Invocation & { readonly invocationId: string };

/** A function that throws is no failure of the host. */
export type InvocationOutcome =
  | { readonly succeeded: true; readonly result: unknown; readonly response: InvocationResponse }
  | { readonly succeeded: false; readonly error: unknown };

export interface InvokerOptions {
  readonly model: ProgrammingModel;
  readonly hooks: Hooks;
  readonly log: WriteLog;
  /** A call that runs longer is warned of. */
  readonly timeoutMs: number;
  /** JSON for inputs of the type `durableClient`. */
  readonly durableClient: () => Promise<string>;
}

/** More does not fit into a timer of Node. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Runs functions through the library's invocation model, with the app's hooks around them. */
export class Invoker {
  readonly running = new WorkInProgress();
  readonly #options: InvokerOptions;

  constructor(options: InvokerOptions) {
    this.#options = options;
  }

  async invoke(invocation: Invocation): Promise<InvocationOutcome> {
    return this.running.track(() => this.#invokeWithLog(invocation));
  }

  async #invokeWithLog(invocation: Invocation): Promise<InvocationOutcome> {
    const { fn, reason, invocationId = randomUUID() } = invocation;
    const line = { category: `Function.${fn.name}`, functionName: fn.name, invocationId } as const;
    const { log } = this.#options;
    const startedMs = performance.now();
    const id = `Id=${invocationId}`;
    log({
      ...line,
      level: "information",
      message: `Executing 'Functions.${fn.name}' (Reason='${reason}', ${id})`,
    });

    const cancelWarning = this.#warnWhenLate(line);
    const outcome = await this.#outcomeOf({ ...invocation, invocationId });
    cancelWarning();

    const took = `${id}, Duration=${Math.round(performance.now() - startedMs)}ms`;
    if (outcome.succeeded) {
      log({ ...line, level: "information", message: `Executed 'Functions.${fn.name}' (Succeeded, ${took})` });
    } else {
      const text = `Executed 'Functions.${fn.name}' (Failed, ${took})\n${failureText(outcome.error)}`;
      log({ ...line, level: "error", message: text });
    }
    return outcome;
  }

  /** @returns what cancels the warning. */
  #warnWhenLate(line: Pick<HostLogEntry, "category" | "functionName" | "invocationId">): () => void {
    const { log, timeoutMs } = this.#options;
    if (timeoutMs > LONGEST_TIMEOUT_MS) {
      return () => undefined;
    }
    const timeout = setTimeout(() => {
      const message = `Function "${line.functionName}" runs longer than functionTimeout. Azure would restart the worker, and end every other call in it.`;
      log({ ...line, level: "warning", message });
    }, timeoutMs).unref();
    return () => {
      clearTimeout(timeout);
    };
  }

  async #outcomeOf(invocation: IdentifiedInvocation): Promise<InvocationOutcome> {
    try {
      return await this.#run(invocation);
    } catch (error) {
      return { succeeded: false, error };
    }
  }

  async #run(invocation: IdentifiedInvocation): Promise<InvocationOutcome> {
    const { hooks } = this.#options;
    const core = this.#coreContext(invocation, await this.#clientInputs(invocation.fn));
    const model: InvocationModel = await this.#options.model.getInvocationModel(core.context);
    const { context, inputs } = await model.getArguments();
    core.nameInvocationContext(context);
    invocation.onArguments?.(context);

    const shared = { hookData: {}, appHookData: hooks.appHookData, invocationContext: context };
    core.context.state = "preInvocationHooks";
    const before = { ...shared, functionCallback: invocation.fn.callback, inputs };
    await hooks.runPreInvocation(before);

    core.context.state = "invocation";
    const after = {
      ...shared,
      inputs: before.inputs,
      ...(await settle(() => model.invokeFunction(context, before.inputs, before.functionCallback))),
    };
    core.context.state = "postInvocationHooks";
    await hooks.runPostInvocation(after);

    core.context.state = undefined;
    if (after.error !== null && after.error !== undefined) {
      return { succeeded: false, error: after.error };
    }
    const response = await model.getResponse(context, after.result);
    return { succeeded: true, result: after.result, response };
  }

  async #clientInputs({ durableClients }: AppFunction): Promise<InvocationRequest["inputData"]> {
    return Promise.all(
      durableClients.map(async (name) => ({ name, data: { string: await this.#options.durableClient() } })),
    );
  }

  #coreContext(
    { fn, invocationId, ...invocation }: IdentifiedInvocation,
    clients: InvocationRequest["inputData"],
  ) {
    const { hooks, log } = this.#options;
    const inputData = Object.entries(invocation.inputs).map(([name, data]) => ({ name, data }));
    let invocationContext: unknown;
    const context: CoreInvocationContext = {
      invocationId,
      metadata: fn.metadata,
      state: undefined,
      request: {
        invocationId,
        functionId: fn.metadata.functionId ?? fn.name,
        inputData: [...inputData, ...clients],
        triggerMetadata: invocation.triggerMetadata ?? {},
        traceContext: {
          traceParent: traceParentFrom(invocation.traceParent),
          traceState: invocation.traceState ?? "",
          attributes: { HostInstanceId: "local", OperationName: fn.name },
        },
        retryContext: invocation.retryContext ?? null,
      },
      log: (level: RpcLogLevel, category: string, message: string) => {
        const line = hooks.runLog({ level, category, message, invocationContext });
        if (line.level !== "none") {
          const suffix = category === "user" ? ".User" : "";
          log({
            level: line.level,
            message: line.message,
            category: `Function.${fn.name}${suffix}`,
            functionName: fn.name,
            invocationId,
          });
        }
      },
    };
    return {
      context,
      nameInvocationContext: (value: unknown) => {
        invocationContext = value;
      },
    };
  }
}

async function settle(run: () => Promise<unknown>): Promise<{ result: unknown; error: unknown }> {
  try {
    return { result: await run(), error: null };
  } catch (error) {
    return { result: null, error: error ?? new Error("The function threw nothing.") };
  }
}

function failureText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
