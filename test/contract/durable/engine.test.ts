import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { startTestRuntime, type TestRuntime } from "../../support/durable-runtime.ts";
import { squares } from "../../support/host-apps/durable/squares.ts";

describe("the engine of orchestrations", () => {
  let app: DurableApp;
  let test: TestRuntime;

  beforeAll(async () => {
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  beforeEach(async () => {
    test = await startTestRuntime(app, { maxConcurrentActivities: 7 });
  });

  afterEach(async () => {
    await test.runtime.close();
  });

  it("runs no more activities at once than it may", async () => {
    await test.run("fanOut", { count: 50 });

    expect(squares.maxRunning).toBe(7);
  });

  it("warns of a start without an input", async () => {
    await test.client("startNew", "chain");

    expect(test.logs).toContainEqual({
      level: "warning",
      message: expect.stringContaining("without an input") as string,
    });
  });
});
