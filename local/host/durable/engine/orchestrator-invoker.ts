import { AZURE_STORAGE_TIMER_LIMITS } from "../protocol/timer-limits.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import type { EngineOptions } from "./engine-options.ts";
import type { FunctionRegistry } from "./function-registry.ts";
import type { TurnEnvironment } from "./orchestrator-turn.ts";
import { SequenceCheck } from "./sequence-check.ts";

/** Azure has no such limit, but a turn that long blocks the process: orchestrators do no work of their own. */
const SLOW_TURN_MS = 1000;

/** Calls orchestrator functions of the app. */
export class OrchestratorInvoker {
  readonly #options: EngineOptions;
  readonly #functions: FunctionRegistry;
  readonly #check: SequenceCheck;

  constructor(options: EngineOptions, functions: FunctionRegistry) {
    this.#options = options;
    this.#functions = functions;
    this.#check = new SequenceCheck(options.failsOnSequenceDrift ?? false, (message) => {
      options.log("error", message);
    });
  }

  environmentOf(instance: InstanceRecord): TurnEnvironment {
    return {
      limits: AZURE_STORAGE_TIMER_LIMITS,
      check: this.#check,
      invoke: async (text, onContext) => this.#invoke(instance, text, onContext),
    };
  }

  async #invoke(
    { name, instanceId, traceParent }: InstanceRecord,
    text: string,
    onContext: (context: unknown) => void,
  ): Promise<unknown> {
    const { bindingName, name: functionName } = this.#functions.get("orchestrationTrigger", name);
    const input = { bindingName, text, traceParent: traceParent ?? undefined, onContext };
    const startMs = performance.now();
    try {
      return await this.#options.invoke(functionName, input, instanceId);
    } finally {
      this.#warnIfSlow(name, performance.now() - startMs);
    }
  }

  #warnIfSlow(name: string, durationMs: number): void {
    if (durationMs > SLOW_TURN_MS) {
      const message = `A turn of the orchestrator '${name}' took ${Math.round(durationMs)} ms.`;
      this.#options.log("warning", `${message} Move its work into activities, or end it with continueAsNew.`);
    }
  }
}
