import { Cron } from "croner";
import { HostError } from "../host-error.ts";
import { timeSpanMs } from "../settings/time-span.ts";

export interface TimerSchedule {
  /** @returns the first occurrence after the given time; both in milliseconds since the Unix epoch. */
  nextAfter(timeMs: number): number;
  /** Shortest time between two occurrences, as far as the next few show it. */
  readonly intervalMs: number;
}

/** Seconds to day of week, without what other dialects add (`?`, `L`, `W`, `#`, Sunday as 7). */
const NCRONTAB_FIELD = /^(?:\d+|[a-z]{3}|[*,/-])+$/i;

/**
 * Reads a six-field NCRONTAB expression (five fields: at second 0) in UTC, or a time span such as `00:05:00`.
 *
 * @throws {@link HostError} `timer-invalid`
 */
export function parseTimerSchedule(text: string): TimerSchedule {
  const intervalMs = timeSpanMs(text);
  return intervalMs === undefined ? cronSchedule(text.trim()) : constantSchedule(text, intervalMs);
}

function constantSchedule(text: string, intervalMs: number): TimerSchedule {
  if (intervalMs <= 0) {
    throw new HostError(
      "timer-invalid",
      `The time span "${text}" is no schedule: it must be longer than zero.`,
    );
  }
  return { intervalMs, nextAfter: (timeMs) => timeMs + intervalMs };
}

function cronSchedule(text: string): TimerSchedule {
  const fields = text.split(/\s+/);
  if (
    ![5, 6].includes(fields.length) ||
    !fields.every((field) => NCRONTAB_FIELD.test(field)) ||
    hasSundaySeven(fields)
  ) {
    throw invalidCron(text);
  }
  const cron = parseCron(text);
  const nextAfter = (timeMs: number): number => {
    const next = cron.nextRun(new Date(timeMs));
    if (next === null) {
      throw new HostError("timer-invalid", `The schedule "${text}" never occurs.`);
    }
    return next.getTime();
  };
  return { nextAfter, intervalMs: shortestInterval(nextAfter) };
}

function parseCron(text: string): Cron {
  try {
    // NCRONTAB wants both day fields to fit, where other crons take either.
    return new Cron(text, { mode: "5-or-6-parts", timezone: "Etc/UTC", domAndDow: true });
  } catch (error) {
    throw invalidCron(text, error);
  }
}

function hasSundaySeven(fields: readonly string[]): boolean {
  return /(^|[,-])7/.test(fields.at(-1) ?? "");
}

function invalidCron(text: string, cause?: unknown): HostError {
  return new HostError(
    "timer-invalid",
    `"${text}" is no schedule: six NCRONTAB fields (second minute hour day month day-of-week) or a time span "hh:mm:ss".`,
    cause,
  );
}

function shortestInterval(nextAfter: (timeMs: number) => number): number {
  let timeMs = nextAfter(Date.UTC(2026, 0, 1));
  let shortestMs = Number.POSITIVE_INFINITY;
  for (let index = 0; index < 5; index += 1) {
    const nextMs = nextAfter(timeMs);
    shortestMs = Math.min(shortestMs, nextMs - timeMs);
    timeMs = nextMs;
  }
  return shortestMs;
}
