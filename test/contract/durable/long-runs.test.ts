import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { startTestRuntime, type TestRuntime } from "../../support/durable-runtime.ts";

const TIMEOUT_MS = 120_000;

/** How fast they are is measured by `npm run bench -- orchestration`. */
describe("long runs of orchestrations in a file", { timeout: TIMEOUT_MS }, () => {
  let app: DurableApp;
  let directory: string;
  let test: TestRuntime;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "durable-long-runs-"));
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  beforeEach(async ({ task }) => {
    test = await startTestRuntime(app, { databaseFile: join(directory, `${task.id}.sqlite`) });
  });

  afterEach(async () => {
    await test.runtime.close();
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("go through 1,000 activities one after the other", async () => {
    const { output } = await test.run("sequence", { steps: 1000 });

    expect(output).toBe(1000);
  });

  it("end 200 orchestrations of 50 activities each at once", async () => {
    const ids = await Promise.all(
      Array.from({ length: 200 }, async () => test.start("fanOut", { count: 50 })),
    );

    const ends = await Promise.all(ids.map(async (id) => test.ended(id)));

    expect(ends.map(({ output }) => output)).toEqual(Array(200).fill(40_425));
  });
});
