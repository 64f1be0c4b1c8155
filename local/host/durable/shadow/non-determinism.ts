import type { Command } from "./command.ts";

/** A command as the history records it. */
export interface RecordedCommand {
  readonly kind: Command["kind"];
  /** Undefined for a timer. */
  readonly name: string | undefined;
}

const QUESTION =
  "Was a change made to the orchestrator code after this instance had already started running?";

/** The orchestrator does not ask for what its history says it asked for. */
export class NonDeterminismError extends Error {
  override readonly name = "NonDeterminismError";

  static missing(id: number, recorded: RecordedCommand): NonDeterminismError {
    return new NonDeterminismError(
      `Non-Deterministic workflow detected: A previous execution of this orchestration scheduled ${words(recorded)} ` +
        `with sequence ID ${id}, but the current replay execution hasn't (yet?) scheduled this task. ${QUESTION}`,
    );
  }

  static different(command: Command, recorded: RecordedCommand): NonDeterminismError {
    const name = command.kind === "timer" ? undefined : command.name;
    return new NonDeterminismError(
      `Non-Deterministic workflow detected: A previous execution of this orchestration scheduled ${words(recorded)} ` +
        `with sequence ID ${command.id}, but the current replay execution scheduled ` +
        `${words({ kind: command.kind, name })} instead. ${QUESTION}`,
    );
  }
}

function words({ kind, name }: RecordedCommand): string {
  return name === undefined ? `a ${kind}` : `the ${kind} '${name}'`;
}
