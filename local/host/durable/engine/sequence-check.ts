import * as z from "zod";
import type { OrchestratorAnswer } from "../protocol/orchestrator-answer.ts";
import type { ShadowReplay } from "../shadow/shadow-replay.ts";
import type { InstanceRecord } from "../store/instance-record.ts";

/** The counter of the SDK, an internal of its orchestration context. */
const sdkContext = z.object({
  df: z.object({ taskOrchestratorExecutor: z.object({ sequenceNumber: z.number() }) }),
});

export interface Turn {
  /** The invocation context of the orchestrator function; undefined when the host cannot tell. */
  readonly context: unknown;
  readonly answer: OrchestratorAnswer;
  readonly shadow: ShadowReplay;
  readonly instance: InstanceRecord;
}

/**
 * Compares how many sequence ids the SDK and the host have counted. Where they differ, Azure would take an unrelated
 * result for another task's: retries inside `Task.all` and `Task.any` do that.
 */
export class SequenceCheck {
  readonly #isStrict: boolean;
  readonly #warn: (message: string) => void;

  /** @param isStrict whether a difference fails the orchestration; it is logged in any case. */
  constructor(isStrict: boolean, warn: (message: string) => void) {
    this.#isStrict = isStrict;
    this.#warn = warn;
  }

  /** Why the orchestration has to fail; undefined when it may go on. */
  driftOf({ context, answer, shadow, instance }: Turn): string | undefined {
    const sdk = sdkContext.safeParse(context).data?.df.taskOrchestratorExecutor.sequenceNumber;
    const hasEnded = answer.error !== undefined || shadow.continueAsNew !== undefined;
    if (sdk === undefined || hasEnded || sdk === shadow.sequence) {
      return undefined;
    }
    const message =
      `Sequence drift in the orchestration '${instance.name}' (${instance.instanceId}): the SDK has counted ${sdk} ` +
      `tasks, the host ${shadow.sequence}. On Azure its results would be mixed up. ` +
      "Do not put retries, long timers or the same task twice inside Task.all or Task.any.";
    this.#warn(message);
    return this.#isStrict ? message : undefined;
  }
}
