import { describe, expect, it } from "vitest";
import { parseTimerSchedule } from "../../../../../local/host/timers/timer-schedule.ts";

function nextOf(schedule: string, after: string): string {
  return new Date(parseTimerSchedule(schedule).nextAfter(Date.parse(after))).toISOString();
}

describe("a timer schedule", () => {
  it.each([
    ["*/15 * * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:00:15.000Z"],
    ["0 */5 * * * *", "2026-01-01T00:00:01Z", "2026-01-01T00:05:00.000Z"],
    ["0 30 9 * * MON-FRI", "2026-01-03T00:00:00Z", "2026-01-05T09:30:00.000Z"],
    ["0 0 0 1 Jan *", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"],
    ["*/10 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:10:00.000Z"],
    ["00:05:00", "2026-01-01T00:00:07Z", "2026-01-01T00:05:07.000Z"],
    ["1.02:03:04", "2026-01-01T00:00:00Z", "2026-01-02T02:03:04.000Z"],
  ])("%s after %s occurs at %s", (schedule, after, next) => {
    expect(nextOf(schedule, after)).toBe(next);
  });

  it("wants day of month and day of week both to fit", () => {
    expect(nextOf("0 0 0 13 * FRI", "2026-01-01T00:00:00Z")).toBe("2026-02-13T00:00:00.000Z");
  });

  it.each([
    ["0 */5 * * * *", 300_000],
    ["*/10 * * * * *", 10_000],
    ["00:00:30", 30_000],
  ])("%s has an interval of %i ms", (schedule, intervalMs) => {
    expect(parseTimerSchedule(schedule).intervalMs).toBe(intervalMs);
  });

  it.each([
    "",
    "* * * *",
    "0 0 0 * * 7",
    "0 0 0 L * *",
    "0 0 0 ? * *",
    "61 * * * * *",
    "@daily",
    "00:00:00",
    "0 0 0 31 2 *",
  ])("refuses %j", (schedule) => {
    expect(() => parseTimerSchedule(schedule)).toThrow(expect.objectContaining({ code: "timer-invalid" }));
  });
});
