import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { startTestRuntime, type TestRuntime } from "../../support/durable-runtime.ts";

/** Long runs are measured in processor time, which does not count what other processes of the machine do. */
describe("the speed of orchestrations in a file", () => {
  let app: DurableApp;
  let directory: string;
  let test: TestRuntime;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "durable-speed-"));
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  beforeEach(async ({ task }) => {
    test = await startTestRuntime(app, { databaseFile: join(directory, `${task.id}.sqlite`) });
    await test.run("fanOut", { count: 50 });
  });

  afterEach(async () => {
    await test.runtime.close();
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("allows a fan-out to 50 activities of 5 ms in under 150 ms", async () => {
    const durationsMs: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const startMs = performance.now();
      await test.run("fanOut", { count: 50 });
      durationsMs.push(performance.now() - startMs);
    }

    expect(Math.min(...durationsMs)).toBeLessThan(150);
  });

  it("allows 1,000 activities one after the other in under 5 s", async () => {
    const cpuMs = await cpuMsOf(async () => {
      expect((await test.run("sequence", { steps: 1000 })).output).toBe(1000);
    });

    expect(cpuMs).toBeLessThan(5000);
  });

  it("allows 200 orchestrations of 50 activities of 5 ms each in under 8 s", async () => {
    const cpuMs = await cpuMsOf(async () => {
      const ids = await Promise.all(
        Array.from({ length: 200 }, async () => test.start("fanOut", { count: 50 })),
      );
      const ends = await Promise.all(ids.map(async (id) => test.ended(id)));
      expect(new Set(ends.map(({ output }) => output))).toEqual(new Set([40_425]));
    });

    expect(cpuMs).toBeLessThan(8000);
  });
});

async function cpuMsOf(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
