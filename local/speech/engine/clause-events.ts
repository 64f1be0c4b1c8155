import type { EspeakEvent } from "@echogarden/espeak-ng-emscripten";
import type { Clause, TimedEvent } from "../plan/speech-plan.ts";
import { ItemTimes } from "./item-times.ts";
import type { Timeline } from "./timeline.ts";
import { visemeOf } from "./visemes.ts";

interface PendingEvent {
  readonly event: EspeakEvent;
  readonly startMs: number;
}

interface EventSinks {
  readonly timeline: Timeline;
  readonly onEvent: (event: TimedEvent) => void;
}

/** The events of one clause. Each is told when the audio has reached it, so that none lies in silence that is cut off. */
export class ClauseEvents {
  readonly #clause: Clause;
  readonly #sinks: EventSinks;
  readonly #itemTimes: ItemTimes;
  #pending: readonly PendingEvent[] = [];

  constructor(clause: Clause, startMs: number, sinks: EventSinks) {
    this.#clause = clause;
    this.#sinks = sinks;
    this.#itemTimes = new ItemTimes(startMs);
  }

  /** @param originMs where in the audio eSpeak's own time is zero. */
  add(events: readonly EspeakEvent[], originMs: number): void {
    const added = events.map((event) => ({ event, startMs: originMs + event.audio_position }));
    this.#pending = [...this.#pending, ...added];
  }

  /** Tells the events up to a moment. */
  reach(untilMs: number): void {
    for (const { event, startMs } of this.#pending.filter((pending) => pending.startMs <= untilMs)) {
      this.#tell(event, startMs);
    }
    this.#pending = this.#pending.filter((pending) => pending.startMs > untilMs);
  }

  /** Tells what is left. */
  finish(endMs: number): void {
    for (const { event, startMs } of this.#pending) {
      this.#tell(event, Math.min(startMs, endMs));
    }
    this.#startItems(this.#clause.items.length - 1, endMs);
    this.#sinks.timeline.endWord(endMs);
  }

  #tell({ type, id }: EspeakEvent, startMs: number): void {
    if (type === "phoneme") {
      this.#sinks.onEvent({ kind: "viseme", visemeId: visemeOf(String(id ?? "")), startMs });
    } else if (type === "mark") {
      this.#startItems(Number(id), startMs);
    }
  }

  #startItems(index: number, startMs: number): void {
    for (const reached of this.#itemTimes.reach(index, startMs)) {
      const item = this.#clause.items[reached.index];
      if (item?.kind === "bookmark") {
        this.#sinks.onEvent({ kind: "bookmark", mark: item.mark, startMs: reached.startMs });
      } else if (item !== undefined) {
        this.#sinks.timeline.startWord(item.text, reached.startMs);
      }
    }
  }
}
