/** The longest timer that is created in one piece, and the length of the pieces of a longer one. */
export interface TimerLimits {
  readonly maximumShortTimerMs: number;
  readonly longRunningTimerIntervalMs: number;
}

const DAY_MS = 86_400_000;

/** What the Azure Storage back-end of Durable Functions allows. */
export const AZURE_STORAGE_TIMER_LIMITS: TimerLimits = {
  maximumShortTimerMs: 6 * DAY_MS,
  longRunningTimerIntervalMs: 3 * DAY_MS,
};

/** A duration as .NET writes it: `d.hh:mm:ss`. */
export function timeSpan(durationMs: number): string {
  const days = Math.floor(durationMs / DAY_MS);
  const time = new Date(durationMs % DAY_MS).toISOString().slice(11, 19);
  return `${days}.${time}`;
}
