import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/host/clock.ts";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { startTestRuntime, type TestRuntime } from "../../support/durable-runtime.ts";

describe("orchestrations in a file", () => {
  let app: DurableApp;
  let directory: string;
  let databaseFile: string;
  let clock: VirtualClock;
  let files = 0;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "durable-recovery-"));
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  beforeEach(() => {
    files += 1;
    databaseFile = join(directory, "deeper", `${files}.sqlite`);
    clock = new VirtualClock();
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  async function open(): Promise<TestRuntime> {
    return startTestRuntime(app, { databaseFile, clock });
  }

  /** Ends the first life of the engine as a death of the process would, and begins the second. */
  async function dieAndOpen(test: TestRuntime): Promise<TestRuntime> {
    test.runtime.abandon();
    return open();
  }

  it("wait for their timer in the next life, which may be due by then", async () => {
    const first = await open();
    const early = await first.start("timer", { ms: 1000 });
    const late = await first.start("timer", { ms: 9000 });
    await first.runtime.idle();
    clock.advanceTo(clock.now() + 500);
    first.runtime.abandon();
    clock.advance(4500);

    const second = await open();
    expect((await second.ended(early)).output).toBe(5000);
    await clock.advanceSettling(clock.now() + 4000, async () => second.runtime.idle());

    expect((await second.status(late)).output).toBe(9000);
    await second.runtime.close();
  });

  it("remember the events that they have seen and those that wait", async () => {
    const first = await open();
    const id = await first.start("twoEvents");
    await first.client("raiseEvent", id, "go", "first");
    const second = await dieAndOpen(first);

    await second.client("raiseEvent", id, "go", "second");

    expect((await second.ended(id)).output).toEqual(["first", "second"]);
    await second.runtime.close();
  });

  it("run an activity again whose outcome was not recorded", async () => {
    const first = await open();
    const id = await first.start("race");
    await untilRunning(first, id);

    const second = await dieAndOpen(first);

    expect((await second.ended(id)).output).toEqual(["activity", "slow done", "Hello end"]);
    await second.runtime.close();
  });

  it("stay suspended", async () => {
    const first = await open();
    const id = await first.start("twoEvents");
    await first.client("suspend", id, "pause");
    await first.runtime.idle();
    const second = await dieAndOpen(first);
    await second.client("raiseEvent", id, "go", 1);
    await second.client("raiseEvent", id, "go", 2);
    await second.runtime.idle();
    expect((await second.status(id)).runtimeStatus).toBe("Suspended");

    await second.client("resume", id, "go on");

    expect((await second.ended(id)).output).toEqual([1, 2]);
    await second.runtime.close();
  });

  it("keep their results, histories and custom states", async () => {
    const first = await open();
    const before = await first.run("chain", { hi: 1 }, "done");
    const history = await first.history("done");
    const second = await dieAndOpen(first);

    expect(await second.status("done")).toEqual(before);
    expect(await second.history("done")).toEqual(history);
    await second.runtime.close();
  });

  it("may be rewound in a later life", async () => {
    const first = await open();
    const { instanceId } = await first.run("parentOfFlaky", {}, "p");
    const second = await dieAndOpen(first);

    await second.client("rewind", instanceId, "fixed");

    expect((await second.ended(instanceId)).output).toEqual({ result: "fixed" });
    await second.runtime.close();
  });

  it("belong to one engine at a time", async () => {
    const first = await open();

    await expect(open()).rejects.toThrow(/is in use by another process/);

    await first.runtime.close();
    const second = await open();
    await second.runtime.close();
  });

  it("have their running activities awaited by an orderly stop", async () => {
    const first = await open();
    const id = await first.start("race");
    await untilRunning(first, id);
    await first.runtime.close();
    const second = await open();

    await second.runtime.idle();

    const history = await second.history(id);
    expect(history.map(({ EventType }) => EventType)).toContain("TaskCompleted");
    await second.runtime.close();
  });
});

/** Resolves when the first turn has been taken; its activity runs by then. */
async function untilRunning(test: TestRuntime, instanceId: string): Promise<void> {
  while ((await test.status(instanceId)).runtimeStatus === "Pending") {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
