import { beforeEach, describe, expect, it } from "vitest";
import type { RetryPolicy } from "../../../../../local/host/app/retry-policy.ts";
import { VirtualClock } from "../../../../../local/host/clock.ts";
import { FunctionTimer } from "../../../../../local/host/timers/function-timer.ts";
import type { TimerStatus } from "../../../../../local/host/timers/timer-status.ts";
import { appFunction, invokerOf } from "../../../../support/invoker-of.ts";

const START_MS = Date.parse("2026-01-01T00:00:00Z");
const MINUTE_MS = 60_000;

let clock: VirtualClock;
let statuses: Map<string, TimerStatus>;
/** What the function was told, as JSON. */
let runs: { readonly atMs: number; readonly IsPastDue: boolean; readonly ScheduleStatus: unknown }[];
let handler: () => unknown;

beforeEach(() => {
  clock = new VirtualClock(START_MS);
  statuses = new Map();
  runs = [];
  handler = () => undefined;
});

function timerOf(
  schedule: string,
  more: { runOnStartup?: boolean; useMonitor?: boolean; retry?: RetryPolicy } = {},
) {
  const { runOnStartup = false, useMonitor = true, retry } = more;
  const trigger = { kind: "timer", bindingName: "timer", schedule, runOnStartup, useMonitor } as const;
  const callback = (text: unknown): unknown => {
    runs.push({ atMs: clock.now() - START_MS, ...JSON.parse(String(text)) });
    return handler();
  };
  const { invoker } = invokerOf();
  return new FunctionTimer(appFunction(trigger, callback, { retry }), {
    clock,
    invoker,
    log: () => undefined,
    random: () => 0,
    statuses: {
      read: async (name) => statuses.get(name),
      write: async (name, status) => {
        statuses.set(name, status);
      },
    },
  });
}

async function advance(timer: FunctionTimer, durationMs: number): Promise<void> {
  await clock.advanceSettling(clock.now() + durationMs, async () => {
    await turn();
    await timer.idle();
    await turn();
  });
}

/** Lets every callback run that is due at once. */
async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function times(): readonly number[] {
  return runs.map(({ atMs }) => atMs);
}

describe("a function timer", () => {
  it("runs at every occurrence and remembers when", async () => {
    const timer = timerOf("0 */5 * * * *");
    await timer.start();

    await advance(timer, 10 * MINUTE_MS);

    expect(times()).toEqual([5 * MINUTE_MS, 10 * MINUTE_MS]);
    expect(runs[1]?.ScheduleStatus).toEqual({
      Last: "2026-01-01T00:05:00.000+00:00",
      Next: "2026-01-01T00:10:00.000+00:00",
      LastUpdated: "2026-01-01T00:05:00.000+00:00",
    });
  });

  it("makes up for an occurrence that was missed, and says that it is past due", async () => {
    const lastMs = START_MS - 20 * MINUTE_MS;
    statuses.set("fn", { lastMs, nextMs: lastMs + 5 * MINUTE_MS, lastUpdatedMs: lastMs });
    const timer = timerOf("0 */5 * * * *");

    await timer.start();
    await timer.idle();

    expect(runs).toMatchObject([{ atMs: 0, IsPastDue: true }]);
  });

  it("does not make up for anything when nothing was missed", async () => {
    const lastMs = START_MS - MINUTE_MS;
    statuses.set("fn", { lastMs, nextMs: START_MS, lastUpdatedMs: lastMs });
    const timer = timerOf("0 */5 * * * *");

    await timer.start();
    await advance(timer, MINUTE_MS);

    expect(runs).toEqual([]);
  });

  it.each([
    ["without the monitor", "0 */5 * * * *", false],
    ["when it runs more often than every minute", "*/20 * * * * *", true],
  ])("keeps no status %s", async (_case, schedule, useMonitor) => {
    const timer = timerOf(schedule, { useMonitor });
    await timer.start();

    await advance(timer, 5 * MINUTE_MS);

    expect(runs[0]).toMatchObject({ IsPastDue: false, ScheduleStatus: null });
    expect(statuses.size).toBe(0);
  });

  it("runs at start when it asks for it, and then by its schedule", async () => {
    const timer = timerOf("0 */5 * * * *", { runOnStartup: true });
    await timer.start();

    await advance(timer, 5 * MINUTE_MS);

    expect(runs).toMatchObject([
      { atMs: 0, IsPastDue: false },
      { atMs: 5 * MINUTE_MS, IsPastDue: false },
    ]);
  });

  it("never overlaps itself: occurrences during a run are left out", async () => {
    const gate = Promise.withResolvers<void>();
    handler = () => gate.promise;
    const timer = timerOf("0 */5 * * * *");
    await timer.start();

    clock.advance(17 * MINUTE_MS);
    await turn();
    gate.resolve();
    await timer.idle();
    await advance(timer, 3 * MINUTE_MS);

    expect(times()).toEqual([17 * MINUTE_MS, 20 * MINUTE_MS]);
  });

  it("waits between attempts as its retry policy says, and goes on when they are used up", async () => {
    handler = () => {
      throw new Error("failed");
    };
    const timer = timerOf("0 */5 * * * *", {
      retry: { kind: "fixed-delay", maxRetryCount: 2, delayMs: 10_000 },
    });
    await timer.start();

    clock.advance(5 * MINUTE_MS);
    await turn();
    clock.advance(10_000);
    await turn();
    clock.advance(10_000);
    await timer.idle();

    expect(times()).toEqual([5 * MINUTE_MS, 5 * MINUTE_MS + 10_000, 5 * MINUTE_MS + 20_000]);
  });

  it("starts nothing more once it is closed", async () => {
    const timer = timerOf("0 */5 * * * *");
    await timer.start();

    timer.close();
    await advance(timer, 10 * MINUTE_MS);

    expect(runs).toEqual([]);
  });
});
