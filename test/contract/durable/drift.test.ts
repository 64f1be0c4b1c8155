import { beforeAll, describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/host/clock.ts";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { startTestRuntime, type Status } from "../../support/durable-runtime.ts";

describe("the check of sequence ids", () => {
  let app: DurableApp;

  beforeAll(async () => {
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  async function run(name: string, isStrict: boolean): Promise<{ status: Status; errors: string[] }> {
    const clock = new VirtualClock();
    const test = await startTestRuntime(app, { clock, failsOnSequenceDrift: isStrict });
    const id = await test.start(name);
    if (name === "caughtFanOut") {
      await test.ended(id);
    }
    await clock.advanceSettling(clock.now() + 60_000, async () => test.runtime.idle());
    const status = await test.status(id);
    await test.runtime.close();
    const errors = test.logs.filter(({ level }) => level === "error").map(({ message }) => message);
    return { status, errors };
  }

  it.each(["caughtFanOut", "driftInAll"])(
    "fails an orchestration in strict mode where Azure counts differently: %s",
    async (name) => {
      const { status, errors } = await run(name, true);

      expect(status.runtimeStatus).toBe("Failed");
      expect(status.output).toContain("Sequence drift");
      expect(errors).toHaveLength(1);
    },
  );

  it("logs the drift otherwise, and lets compensation wait for the slowest sibling as Azure does", async () => {
    const { status, errors } = await run("caughtFanOut", false);

    expect(status.output).toBe("Hello compensation");
    expect(errors).toEqual([
      expect.stringMatching(
        /Sequence drift in the orchestration 'caughtFanOut' .* has counted 3 tasks, the host 2/,
      ),
    ]);
  });

  it("shows that results are mixed up when a retry in a fan-out fails for good", async () => {
    const { status, errors } = await run("driftInAll", false);

    expect(status.runtimeStatus).toBe("Failed");
    expect(errors.length).toBeGreaterThan(0);
  });

  it("leaves it to the check of determinism when a retry that lost a race is awaited", async () => {
    const { status } = await run("driftInAny", false);

    expect(status.runtimeStatus).toBe("Failed");
    expect(status.output).toContain("Non-Deterministic workflow detected");
  });

  it.each(["chain", "retryInVain", "retryInFanOut", "parent", "rounds", "approval", "race", "retriedChild"])(
    "is silent where SDK and host agree: %s",
    async (name) => {
      const { errors } = await run(name, true);

      expect(errors).toEqual([]);
    },
  );
});
