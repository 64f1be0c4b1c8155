import { describe, expect, it } from "vitest";
import { makeCheckReadiness } from "../../../../src/application/health/check-readiness.ts";

describe("readiness", () => {
  it("tells of each dependency whether it answers, and how fast", async () => {
    let nowMs = 0;
    const check = makeCheckReadiness(
      [
        { name: "store", required: true, check: async () => (nowMs += 12) },
        { name: "translator", required: false, check: () => Promise.reject(new Error("no")) },
      ],
      { nowMs: () => nowMs, timeoutMs: 1_000 },
    );

    await expect(check()).resolves.toMatchObject([
      { name: "store", required: true, status: "up", latencyMs: 12 },
      { name: "translator", required: false, status: "down" },
    ]);
  });

  it("asks the dependencies once for all probes of two seconds", async () => {
    let nowMs = 0;
    let asked = 0;
    const store = { name: "store", required: true, check: async () => (asked += 1) };
    const check = makeCheckReadiness([store], { nowMs: () => nowMs, timeoutMs: 1_000 });

    await Promise.all([check(), check(), check()]);
    nowMs = 1_999;
    await check();
    nowMs = 2_000;
    await check();

    expect(asked).toBe(2);
  });

  it("counts a dependency that hangs as down", async () => {
    const store = { name: "store", required: true, check: () => new Promise(() => {}) };
    const check = makeCheckReadiness([store], { nowMs: () => 0, timeoutMs: 10 });

    await expect(check()).resolves.toMatchObject([{ status: "down" }]);
  });
});
