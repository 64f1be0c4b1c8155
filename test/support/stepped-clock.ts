import type { StandInClock } from "../../local/stand-in/clock.ts";

export interface SteppedClock extends StandInClock {
  advance(durationMs: number): void;
}

/** A clock that stands still until it is advanced; it then calls what is due, in order. */
export function steppedClock(startMs: number = Date.UTC(2026, 10, 22)): SteppedClock {
  let nowMs = startMs;
  const alarms = new Map<object, { readonly timeMs: number; readonly callback: () => void }>();
  const nextDue = (untilMs: number) =>
    [...alarms]
      .filter(([, alarm]) => alarm.timeMs <= untilMs)
      .toSorted((a, b) => a[1].timeMs - b[1].timeMs)[0];
  return {
    now: () => nowMs,
    at(timeMs, callback) {
      const key = {};
      alarms.set(key, { timeMs, callback });
      return () => void alarms.delete(key);
    },
    advance(durationMs) {
      const untilMs = nowMs + durationMs;
      for (let due = nextDue(untilMs); due !== undefined; due = nextDue(untilMs)) {
        const [key, { timeMs, callback }] = due;
        alarms.delete(key);
        nowMs = Math.max(nowMs, timeMs);
        callback();
      }
      nowMs = untilMs;
    },
  };
}
