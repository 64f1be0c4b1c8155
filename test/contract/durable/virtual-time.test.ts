import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/host/clock.ts";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { startTestRuntime, type TestRuntime } from "../../support/durable-runtime.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 1);

describe("orchestrations under a clock that tests advance", () => {
  let app: DurableApp;
  let clock: VirtualClock;
  let test: TestRuntime;

  beforeAll(async () => {
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  beforeEach(async () => {
    clock = new VirtualClock(START_MS);
    test = await startTestRuntime(app, { clock });
  });

  afterEach(async () => {
    await test.runtime.close();
  });

  async function pass(durationMs: number): Promise<void> {
    await clock.advanceSettling(clock.now() + durationMs, async () => test.runtime.idle());
  }

  async function timersOf(instanceId: string): Promise<number[]> {
    const history = await test.history(instanceId);
    return history.flatMap(({ EventType, FireAt, ScheduledTime }) =>
      EventType === "TimerFired" ? [Date.parse(String(FireAt)) - Date.parse(String(ScheduledTime))] : [],
    );
  }

  it("do not move while the clock stands still", async () => {
    const id = await test.start("timer", { ms: 1000 });
    await pass(999);

    expect((await test.status(id)).runtimeStatus).toBe("Running");

    await pass(1);

    expect((await test.status(id)).output).toBe(1000);
  });

  it("wait twenty days in pieces of three days, the last one longer", async () => {
    const id = await test.start("timer", { ms: 20 * DAY_MS });
    await pass(20 * DAY_MS);

    expect((await test.status(id)).output).toBe(20 * DAY_MS);
    expect(await timersOf(id)).toEqual([3, 3, 3, 3, 3, 5].map((days) => days * DAY_MS));
  });

  it("wait six days in one piece", async () => {
    const id = await test.start("timer", { ms: 6 * DAY_MS });
    await pass(6 * DAY_MS);

    expect(await timersOf(id)).toEqual([6 * DAY_MS]);
  });

  it("time out when the event does not come", async () => {
    const id = await test.start("approval");
    await pass(DAY_MS);

    expect((await test.status(id)).output).toBe("timeout");
  });

  it("wait between attempts as the retry options say, and not at all after the last", async () => {
    const id = await test.start("retryInVain");
    await pass(1000);

    expect(await timersOf(id)).toEqual([50, 50, 0]);
  });

  it("double the delay with a back-off coefficient of two", async () => {
    const id = await test.start("retry");
    await pass(1000);

    expect(await timersOf(id)).toEqual([100, 200]);
  });

  it("are told the time of the replay, not of the machine", async () => {
    const id = await test.start("timer", { ms: 1 });
    await pass(DAY_MS);

    const [started] = await test.history(id);
    expect(started?.["Timestamp"]).toBe("2026-01-01T00:00:00.000Z");
  });

  it("count their timers while suspended, and go on when resumed", async () => {
    const id = await test.start("timer", { ms: 1000 });
    await test.runtime.idle();
    await test.client("suspend", id, "lunch");
    await pass(5000);

    expect((await test.status(id)).runtimeStatus).toBe("Suspended");

    await test.client("resume", id, "back");
    await test.runtime.idle();

    expect((await test.status(id)).output).toBe(5000);
  });

  it("are waited for by create-and-wait until the time is up", async () => {
    const quick = test.fetch("orchestrators/timer?timeout=5&pollingInterval=1", post({ ms: 2000 }));
    const slow = test.fetch("orchestrators/timer?timeout=5&pollingInterval=1", post({ ms: 9000 }));
    await twoTimersAndTwoPolls();
    await pass(6000);

    const answers = await Promise.all([quick, slow]);
    expect(answers.map(({ status }) => status)).toEqual([200, 202]);
    expect(await answers[0].json()).toBe(2000);
  });

  /** Resolves when both requests of create-and-wait have arrived and their orchestrations wait. */
  async function twoTimersAndTwoPolls(): Promise<void> {
    let running = 0;
    while (running < 2) {
      await test.runtime.idle();
      const response = await test.fetch("instances?runtimeStatus=Running");
      running = ((await response.json()) as unknown[]).length;
    }
  }
});

function post(body: unknown): RequestInit {
  return { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}
