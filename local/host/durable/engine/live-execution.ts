import type { Action } from "../protocol/action.ts";
import { parseAction } from "../protocol/action.ts";
import { EventType, type HistoryEvent } from "../protocol/history-event.ts";
import { replayText } from "../protocol/replay-text.ts";
import type { TimerLimits } from "../protocol/timer-limits.ts";
import { ShadowReplay } from "../shadow/shadow-replay.ts";

/**
 * What a running execution keeps in memory between its turns, so that a turn costs the host as much as is new in it:
 * the history as the orchestrator gets it, and the shadow replay up to the last turn.
 */
export class LiveExecution {
  readonly executionId: string;
  readonly #limits: TimerLimits;
  readonly #history: HistoryEvent[];
  #playedText: string;
  #shadow: ShadowReplay | undefined;
  /** JSON of the actions that the shadow knows, without the closing bracket. */
  #knownActions = "[";
  #knownActionCount = 0;

  constructor(executionId: string, history: readonly HistoryEvent[], limits: TimerLimits) {
    this.executionId = executionId;
    this.#limits = limits;
    this.#history = history.slice();
    this.#playedText = textOf(history, true);
  }

  /** How many events are recorded. */
  get length(): number {
    return this.#history.length;
  }

  /** Whether the orchestrator has run before. */
  get isReplaying(): boolean {
    return this.#history.some((event) => event.EventType === EventType.OrchestratorStarted);
  }

  /** The history with `events` as its unplayed end: the elements of a JSON array, without its brackets. */
  textWith(events: readonly HistoryEvent[]): string {
    return joined(this.#playedText, textOf(events, false));
  }

  /**
   * The shadow replay of `actions` against the history with `events` as its end. It goes on from the last turn, unless
   * the orchestrator changed an action that it had answered before, or went on where the host saw nothing to wait for.
   *
   * @throws {NonDeterminismError} when the actions do not fit the history.
   */
  replay(actions: readonly unknown[], events: readonly HistoryEvent[]): ShadowReplay {
    const text = JSON.stringify(actions).slice(0, -1);
    const known = this.#shadow;
    const goesOn = known !== undefined && !known.isDrained && isContinuation(this.#knownActions, text);
    const shadow = goesOn ? known : new ShadowReplay(this.#limits);
    shadow.extend(parsed(goesOn ? actions.slice(this.#knownActionCount) : actions));
    for (const event of goesOn ? events : [...this.#history, ...events]) {
      shadow.apply(event);
    }
    this.#shadow = shadow;
    this.#knownActions = text;
    this.#knownActionCount = actions.length;
    return shadow;
  }

  /** Takes over what a turn has added to the history, once it is durable. */
  record(events: readonly HistoryEvent[]): void {
    for (const event of events) {
      this.#history.push(event);
    }
    this.#playedText = joined(this.#playedText, textOf(events, true));
  }
}

function isContinuation(known: string, text: string): boolean {
  return (
    text.startsWith(known) && (known === "[" || text.length === known.length || text[known.length] === ",")
  );
}

function parsed(actions: readonly unknown[]): Action[] {
  return actions.map((action) => parseAction(action));
}

function textOf(events: readonly HistoryEvent[], isPlayed: boolean): string {
  return events.flatMap((event) => replayText(event, isPlayed) ?? []).join(",");
}

function joined(first: string, second: string): string {
  return first === "" || second === "" ? first + second : `${first},${second}`;
}
