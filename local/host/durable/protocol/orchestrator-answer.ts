import * as z from "zod";
import type { FailureDetails } from "./history-event.ts";

/** What precedes the JSON in the message of the error that a failed orchestrator throws. */
const FAILURE_MARKER = "\n\n$OutOfProcData$:";

const failureDetails: z.ZodType<FailureDetails> = z.looseObject({});

const answer = z.object({
  isDone: z.boolean(),
  actions: z.array(z.array(z.unknown())),
  output: z.unknown().optional(),
  customStatus: z.unknown().optional(),
  error: z.string().optional(),
  failureDetails: failureDetails.optional(),
});

/** What an orchestrator answers in every turn. `actions` is all that it asked for since its execution began. */
export interface OrchestratorAnswer {
  readonly isDone: boolean;
  readonly actions: readonly unknown[];
  readonly output: unknown;
  readonly customStatus: unknown;
  /** Set when the orchestrator threw. */
  readonly error: string | undefined;
  readonly failureDetails: FailureDetails | undefined;
}

/** @throws {z.ZodError} when `value` is no answer of the protocol. */
export function parseOrchestratorAnswer(value: unknown): OrchestratorAnswer {
  const { isDone, actions, output, customStatus, ...failure } = answer.parse(value);
  return {
    isDone,
    actions: actions.flat(),
    output,
    customStatus,
    error: failure.error,
    failureDetails: failure.failureDetails,
  };
}

/** The answer inside the error of a failed orchestrator; undefined when there is none inside. */
export function answerOfFailure(error: unknown): OrchestratorAnswer | undefined {
  const message = error instanceof Error ? error.message : String(error);
  const marker = message.indexOf(FAILURE_MARKER);
  return marker < 0
    ? undefined
    : parseOrchestratorAnswer(JSON.parse(message.slice(marker + FAILURE_MARKER.length)));
}
