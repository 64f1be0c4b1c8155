import type { OrchestratorAnswer } from "../protocol/orchestrator-answer.ts";
import { answerOfFailure, parseOrchestratorAnswer } from "../protocol/orchestrator-answer.ts";
import type { FailureDetails, HistoryEvent } from "../protocol/history-event.ts";
import { orchestratorRequestText } from "../protocol/orchestrator-request.ts";
import type { TimerLimits } from "../protocol/timer-limits.ts";
import type { Command } from "../shadow/command.ts";
import { NonDeterminismError } from "../shadow/non-determinism.ts";
import type { ShadowReplay } from "../shadow/shadow-replay.ts";
import { UnsupportedActionError } from "../shadow/unsupported-action.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { SequenceCheck } from "./sequence-check.ts";

/** How a turn leaves the execution. `output` and `input` are JSON text. */
export type TurnEnd =
  | { readonly kind: "waiting" }
  | { readonly kind: "continued-as-new"; readonly input: string | null }
  | { readonly kind: "completed"; readonly output: string | null }
  | {
      readonly kind: "failed" | "terminated";
      readonly reason: string;
      readonly failureDetails?: FailureDetails | undefined;
    };

/** What one run of an orchestrator function came to. */
export interface TurnResult {
  readonly commands: readonly Command[];
  readonly end: TurnEnd;
  /** JSON text; undefined leaves it as it is. */
  readonly customStatus: string | undefined;
  /** How many sequence ids the execution has used. */
  readonly sequence: number;
}

export interface TurnEnvironment {
  /** Runs the orchestrator function; rejects with what it threw. `onContext` gets its invocation context. */
  readonly invoke: (request: string, onContext: (context: unknown) => void) => Promise<unknown>;
  readonly limits: TimerLimits;
  readonly check: SequenceCheck;
}

const MAX_ACTIONS = 100_000;
/** 16 KiB of UTF-16. */
const MAX_CUSTOM_STATUS_CHARACTERS = 8192;

/** Runs the orchestrator once, with `events` as the new end of its history. */
export async function runOrchestrator(
  instance: InstanceRecord,
  turn: { readonly live: LiveExecution; readonly events: readonly HistoryEvent[] },
  environment: TurnEnvironment,
): Promise<TurnResult> {
  const { live, events } = turn;
  const request = orchestratorRequestText({
    instanceId: instance.instanceId,
    parentInstanceId: instance.parent?.instanceId ?? null,
    input: instance.input,
    isReplaying: live.isReplaying,
    history: live.textWith(events),
    limits: environment.limits,
  });
  let context: unknown;
  const answer = await answerOf(instance.name, () =>
    environment.invoke(request, (value) => {
      context = value;
    }),
  );
  if (typeof answer === "string") {
    return failed(answer);
  }
  try {
    const shadow = live.replay(answer.actions, events);
    const drift = environment.check.driftOf({ context, answer, shadow, instance });
    return drift === undefined ? resultOf(instance, answer, shadow) : failed(drift);
  } catch (error) {
    const isExpected = error instanceof NonDeterminismError || error instanceof UnsupportedActionError;
    return failed(isExpected ? error.message : failureText(instance.name, messageOf(error)));
  }
}

/** The answer, or why there is none. */
async function answerOf(name: string, invoke: () => Promise<unknown>): Promise<OrchestratorAnswer | string> {
  try {
    return parseOrchestratorAnswer(await invoke());
  } catch (error) {
    return answerOfFailure(error) ?? failureText(name, messageOf(error));
  }
}

function resultOf(instance: InstanceRecord, answer: OrchestratorAnswer, shadow: ShadowReplay): TurnResult {
  const customStatus = answer.customStatus === undefined ? undefined : JSON.stringify(answer.customStatus);
  if (customStatus !== undefined && customStatus.length > MAX_CUSTOM_STATUS_CHARACTERS) {
    return failed(failureText(instance.name, "The custom status is larger than 16 KB of UTF-16 text."));
  }
  if (answer.actions.length > MAX_ACTIONS) {
    return failed(failureText(instance.name, `An execution may have at most ${MAX_ACTIONS} actions.`));
  }
  return {
    commands: shadow.takeNewCommands(),
    end: shadow.isDrained ? endOf(instance.name, answer, shadow) : { kind: "waiting" },
    customStatus,
    sequence: shadow.sequence,
  };
}

/** The extension ends an execution only after everything that was asked for has been awaited. */
function endOf(name: string, answer: OrchestratorAnswer, shadow: ShadowReplay): TurnEnd {
  if (answer.error !== undefined) {
    const { error, failureDetails } = answer;
    return { kind: "failed", reason: failureText(name, error), failureDetails };
  }
  if (!answer.isDone) {
    return { kind: "waiting" };
  }
  if (shadow.continueAsNew !== undefined) {
    return { kind: "continued-as-new", input: jsonOrNull(shadow.continueAsNew.input) };
  }
  return { kind: "completed", output: jsonOrNull(answer.output) };
}

function failed(reason: string): TurnResult {
  return { commands: [], end: { kind: "failed", reason }, customStatus: undefined, sequence: 0 };
}

function failureText(name: string, reason: string): string {
  return `Orchestrator function '${name}' failed: ${reason}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
