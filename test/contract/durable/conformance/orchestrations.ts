import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { DurableHost } from "../../../support/durable-host.ts";

/** Uses `host` after its start. */
export function describeOrchestrations(host: () => DurableHost): void {
  describe("orchestrations on the real SDK", () => {
    let test: DurableHost;

    beforeAll(() => {
      test = host();
    });

    it("chain activities, whose results come back as JSON, base64 or null", async () => {
      const id = randomUUID();

      const status = await test.run("chain", { hi: 1 }, id);

      expect(status).toMatchObject({
        name: "chain",
        instanceId: id,
        runtimeStatus: "Completed",
        input: { hi: 1 },
        customStatus: { step: 5 },
        output: {
          input: { hi: 1 },
          second: "Hello Hello Tokyo",
          nothing: "nullish",
          text: '{"a":1}',
          bytes: "YWJj",
        },
      });
    });

    it("pass every type of value to an activity as Azure does", async () => {
      const { output } = await test.run("types");

      expect(output).toEqual([
        { type: "string", value: "s" },
        { type: "string", value: "5" },
        { type: "number", value: 5 },
        { type: "number", value: 1.5 },
        { type: "string", value: "True" },
        { type: "undefined", value: null },
        { type: "object", value: [1] },
        { type: "object", value: { a: 1 } },
        { type: "string", value: '{"x":1}' },
        { type: "undefined", value: null },
        { type: "string", value: "1970-01-01T00:00:00.000Z" },
      ]);
    });

    it("fan out to fifty activities and gather their results", async () => {
      const { output } = await test.run("fanOut", { count: 50 });

      expect(output).toBe(40_425);
    });

    it("go on after a timer, not before its time", async () => {
      const { output } = await test.run("timer", { ms: 60 });

      expect(output).toBeGreaterThanOrEqual(60);
    });

    it("take events that arrive while they wait, in order", async () => {
      const id = await test.waiting();

      await test.client("raiseEvent", id, "go", { n: 1 });
      await test.client("raiseEvent", id, "go", "second");

      expect((await test.ended(id)).output).toEqual([{ n: 1 }, "second"]);
    });

    it("keep events that arrive before anybody waits for them", async () => {
      const id = await test.start("twoEvents");

      await Promise.all([test.client("raiseEvent", id, "go", 1), test.client("raiseEvent", id, "go", 2)]);

      expect(new Set((await test.ended(id)).output as number[])).toEqual(new Set([1, 2]));
    });

    it("race an event against a timer, and cancel the timer", async () => {
      const id = await test.start("approval");
      await test.became(id, "Running");

      await test.client("raiseEvent", id, "Approval", { by: "x" });

      expect((await test.ended(id)).output).toEqual(["approved", { by: "x" }, "Hello approved"]);
    });

    it("await the loser of a race afterwards", async () => {
      const { output } = await test.run("race");

      expect(output).toEqual(["timer", "slow done", "Hello end"]);
    });

    it("repeat an activity that fails, with growing delays", async () => {
      const { output } = await test.run("retry");

      expect(output).toBe("ok after 3");
    });

    it("get the last error after the last attempt", async () => {
      const { instanceId, output } = await test.run("retryInVain");

      expect(output).toEqual({ caught: expect.stringContaining("always fails") as string });
      const failures = (await test.history(instanceId)).filter(({ EventType }) => EventType === "TaskFailed");
      expect(failures).toHaveLength(3);
    });

    it("retry several activities of one fan-out", async () => {
      const { output } = await test.run("retryInFanOut");

      expect(output).toEqual([[expect.any(String), "Hello x", expect.any(String), null], "Hello end"]);
    });

    it("call other orchestrations, whose failures are theirs to catch", async () => {
      const id = randomUUID();

      const { output } = await test.run("parent", {}, id);

      expect(output).toMatchObject({
        first: { parent: id, greeting: "Hello one" },
        second: { id: `${id}-child`, parent: id, greeting: "Hello two" },
        error: expect.stringContaining("Orchestrator function 'child' failed: child failed") as string,
      });
    });

    it("retry a child orchestration", async () => {
      const { output } = await test.run("retriedChild");

      expect(output).toContain("child failed");
    });

    it("fail when they call an orchestrator that does not exist", async () => {
      const { runtimeStatus, output } = await test.run("parentOfMissing");

      expect(runtimeStatus).toBe("Failed");
      expect(output).toContain("The function 'nobody' doesn't exist");
    });

    it("start again with continueAsNew under the same id", async () => {
      const { output } = await test.run("rounds", 1);

      expect(output).toBe("stopped at 5");
    });

    it("get a text that was given to continueAsNew with quotes around it, as on Azure", async () => {
      const { output } = await test.run("roundsOfText", "start");

      expect(output).toEqual({ got: '"next"' });
    });

    it("keep events over continueAsNew that arrive between two rounds", async () => {
      const id = await test.start("roundsOfEvents", { collected: [] });
      await test.client("raiseEvent", id, "item", 1);
      await test.roundBegan(id, { collected: [1] });
      await test.client("raiseEvent", id, "item", 2);
      await test.roundBegan(id, { collected: [1, 2] });
      await test.client("raiseEvent", id, "item", 3);

      expect((await test.ended(id)).output).toEqual([1, 2, 3]);
    });

    it("lose events at continueAsNew that came and were not taken, as on Azure", async () => {
      const id = await test.start("roundsOfEvents", { collected: [] });
      await test.became(id, "Running");
      await test.client("suspend", id, "so that both events come in one turn");
      await test.became(id, "Suspended");
      await test.client("raiseEvent", id, "item", 1);
      await test.client("raiseEvent", id, "item", "lost");
      await test.client("resume", id, "both are there");
      await test.roundBegan(id, { collected: [1] });
      await test.client("raiseEvent", id, "item", 2);
      await test.roundBegan(id, { collected: [1, 2] });
      await test.client("raiseEvent", id, "item", 3);

      expect((await test.ended(id)).output).toEqual([1, 2, 3]);
    });

    it("fail with the message of what they threw", async () => {
      const { runtimeStatus, output } = await test.run("throws");

      expect(runtimeStatus).toBe("Failed");
      expect(output).toBe("Orchestrator function 'throws' failed: orchestrator bug");
    });

    it("fail when an activity fails and nobody catches it", async () => {
      const { runtimeStatus, output } = await test.run("unhandled");

      expect(runtimeStatus).toBe("Failed");
      expect(output).toContain("Activity function 'failsOnce' failed: broken");
    });

    it("fail when they ask for something else than their history says", async () => {
      const { runtimeStatus, output } = await test.run("nonDeterministic");

      expect(runtimeStatus).toBe("Failed");
      expect(output).toContain("Non-Deterministic workflow detected");
    });

    it("make the same guids in every replay", async () => {
      const { output } = await test.run("guids");

      const { first, echoed } = output as { first: string; echoed: string };
      expect(echoed).toBe(`Hello ${first}`);
    });

    it("know whether they replay", async () => {
      const { output } = await test.run("replaying");

      expect(output).toEqual([
        ["a", false],
        ["a", true],
        ["b", false],
        ["a", true],
        ["b", true],
        ["c", false],
      ]);
    });

    it("fail when they call an activity that does not exist", async () => {
      const { runtimeStatus, output } = await test.run("missingActivity");

      expect(runtimeStatus).toBe("Failed");
      expect(output).toContain(
        "The function 'nobody' doesn't exist, is disabled, or is not an activity function",
      );
    });

    it("fail when their custom status is larger than Azure allows", async () => {
      const { runtimeStatus, output } = await test.run("largeStatus");

      expect(runtimeStatus).toBe("Failed");
      expect(output).toContain("larger than 16 KB");
    });

    it("see the properties of an error that the app describes, also through a child", async () => {
      const { output } = await test.run("describedTwice");

      const declined = { errorType: "DeclinedError", errorMessage: "no", properties: { code: "declined" } };
      expect(output).toMatchObject([declined, declined]);
    });
  });
}
