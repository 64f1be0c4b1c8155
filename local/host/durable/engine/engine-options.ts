import type { HostClock } from "../../clock.ts";
import type { ChaosOptions } from "../chaos/chaos.ts";

export type DurableLogLevel = "debug" | "information" | "warning" | "error";

export interface DurableFunction {
  readonly name: string;
  readonly kind: "orchestrationTrigger" | "activityTrigger";
  /** The name of the trigger in the function's bindings. */
  readonly bindingName: string;
}

/** What a function's trigger gets. */
export interface TriggerInput {
  readonly bindingName: string;
  /** Undefined stands for nothing: the handler gets `undefined`. */
  readonly text: string | undefined;
  /** The W3C `traceparent` under which the function runs; undefined begins a trace. */
  readonly traceParent?: string | undefined;
  /** To be called with the invocation context of the library, once it exists. The sequence check reads it. */
  readonly onContext?: (context: unknown) => void;
}

/** Runs a function. Resolves to the host-side value of what it returned, rejects with what it threw. */
export type InvokeFunction = (
  functionName: string,
  input: TriggerInput,
  instanceId: string,
) => Promise<unknown>;

export interface EngineOptions {
  readonly functions: readonly DurableFunction[];
  /** Or ":memory:". */
  readonly databaseFile: string;
  readonly clock: HostClock;
  readonly invoke: InvokeFunction;
  readonly log: (level: DurableLogLevel, message: string) => void;
  /** Default: ten for each core. */
  readonly maxConcurrentActivities?: number;
  /** Default: ten for each core. */
  readonly maxConcurrentOrchestrators?: number;
  /** Whether a sequence drift fails the orchestration. It is logged as an error in any case. Default false. */
  readonly failsOnSequenceDrift?: boolean;
  /** Default: nothing goes wrong on purpose. */
  readonly chaos?: ChaosOptions;
}
