import { describe, expect, it } from "vitest";
import { RealClock, VirtualClock } from "../../../../local/host/clock.ts";

describe("the virtual clock", () => {
  it("stands still until it is advanced", () => {
    const clock = new VirtualClock(1000);

    clock.advance(500);

    expect(clock.now()).toBe(1500);
  });

  it("calls what is due on the way, in order of time and then of the calls, each at its own time", () => {
    const clock = new VirtualClock(0);
    const calls: string[] = [];
    const note = (name: string) => () => calls.push(`${name}@${clock.now()}`);
    clock.at(30, note("c"));
    clock.at(10, note("a"));
    clock.at(30, note("d"));
    clock.at(20, note("b"));
    clock.at(50, note("late"));

    clock.advanceTo(40);

    expect(calls).toEqual(["a@10", "b@20", "c@30", "d@30"]);
    expect(clock.nextDueMs()).toBe(50);
  });

  it("also calls what callbacks ask for on the way", () => {
    const clock = new VirtualClock(0);
    const calls: number[] = [];
    clock.at(10, () => {
      clock.at(20, () => calls.push(clock.now()));
    });

    clock.advanceTo(100);

    expect(calls).toEqual([20]);
  });

  it("does not call what was cancelled", () => {
    const clock = new VirtualClock(0);
    const calls: number[] = [];
    const cancel = clock.at(10, () => calls.push(10));

    cancel();
    clock.advanceTo(100);

    expect(calls).toEqual([]);
    expect(clock.nextDueMs()).toBeUndefined();
  });

  it("calls what is due already at once, but not synchronously", async () => {
    const clock = new VirtualClock(100);
    const calls: number[] = [];

    const called = new Promise<void>((resolve) => {
      clock.at(50, () => {
        calls.push(clock.now());
        resolve();
      });
    });
    const before = calls.length;
    await called;

    expect([before, calls]).toEqual([0, [100]]);
  });

  it("never goes back", () => {
    const clock = new VirtualClock(100);

    clock.advanceTo(50);

    expect(clock.now()).toBe(100);
  });

  it("lets what a callback began settle before time goes on", async () => {
    const clock = new VirtualClock(0);
    const steps: string[] = [];
    clock.at(10, () => steps.push("first"));
    clock.at(20, () => steps.push("second"));

    await clock.advanceSettling(30, async () => {
      steps.push(`settled@${clock.now()}`);
    });

    expect(steps).toEqual(["settled@0", "first", "settled@10", "second", "settled@20"]);
    expect(clock.now()).toBe(30);
  });
});

describe("the real clock", () => {
  it("rings at its time, never before", async () => {
    const clock = new RealClock();
    const dueMs = clock.now() + 5;

    const rangAtMs = await new Promise<number>((resolve) => {
      clock.at(dueMs, () => {
        resolve(Date.now());
      });
    });

    expect(rangAtMs).toBeGreaterThanOrEqual(dueMs);
  });

  it("does not ring at once for a time beyond what setTimeout can count", async () => {
    const clock = new RealClock();
    let rang = false;
    const cancel = clock.at(clock.now() + 40 * 86_400_000, () => {
      rang = true;
    });

    await new Promise<void>((resolve) => {
      clock.at(clock.now() + 5, resolve);
    });
    cancel();

    expect(rang).toBe(false);
  });
});
