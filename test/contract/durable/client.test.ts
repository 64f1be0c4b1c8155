import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { forgetSeen, seen } from "../../support/durable-apps/seen.ts";
import { startTestRuntime, type Status, type TestRuntime } from "../../support/durable-runtime.ts";

describe("the Durable client of the real SDK", () => {
  let app: DurableApp;
  let test: TestRuntime;

  beforeAll(async () => {
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  beforeEach(async () => {
    forgetSeen();
    test = await startTestRuntime(app);
  });

  afterEach(async () => {
    await test.runtime.close();
  });

  async function waiting(instanceId: string): Promise<string> {
    const id = await test.start("twoEvents", {}, instanceId);
    await test.runtime.idle();
    return id;
  }

  it("gets an id of 32 hex digits when it names none", async () => {
    expect(await test.start("chain")).toMatch(/^[0-9a-f]{32}$/);
  });

  it("starts without an input, which the orchestrator sees as an empty text, and is warned", async () => {
    const id = await test.client<string>("startNew", "chain");

    expect((await test.ended(id)).output).toMatchObject({ input: "" });
    expect(test.logs).toContainEqual({
      level: "warning",
      message: expect.stringContaining("without an input") as string,
    });
  });

  it("hands on the version it starts", async () => {
    const id = await test.client<string>("startNew", "version", { input: {}, version: "2.1" });

    expect((await test.ended(id)).output).toBe("2.1");
  });

  it("cannot start an orchestrator that does not exist", async () => {
    await expect(test.start("nobody")).rejects.toThrow(/400.*The function 'nobody' doesn't exist.*'chain'/);
  });

  it.each(["@entity", "with%5Cbackslash", "a".repeat(257)])("cannot use the id %s", async (instanceId) => {
    await expect(test.start("chain", {}, instanceId)).rejects.toThrow("400");
  });

  it("cannot start a second orchestration under the id of one that is not finished", async () => {
    await waiting("taken");

    await expect(test.start("chain", {}, "taken")).rejects.toThrow(
      /500.*An Orchestration instance with the status Running already exists\./,
    );
  });

  it("may use the id of a finished orchestration again", async () => {
    await test.run("chain", { round: 1 }, "again");

    const { output } = await test.run("timer", { ms: 1 }, "again");

    expect(output).toBeGreaterThanOrEqual(1);
  });

  it("terminates with its reason as the output", async () => {
    const id = await waiting("t1");

    await test.client("terminate", id, "stop it");

    expect(await test.ended(id)).toMatchObject({ runtimeStatus: "Terminated", output: "stop it" });
  });

  it("terminates an orchestration that is suspended", async () => {
    const id = await waiting("t2");
    await test.client("suspend", id, "first");

    await test.client("terminate", id, "then");

    expect((await test.ended(id)).runtimeStatus).toBe("Terminated");
  });

  it("does not mind raising an event or terminating after the end", async () => {
    const id = (await test.run("chain")).instanceId;

    await expect(test.client("raiseEvent", id, "go", {})).resolves.toBeNull();
    await expect(test.client("terminate", id, "late")).resolves.toBeNull();
    expect((await test.status(id)).runtimeStatus).toBe("Completed");
  });

  it.each(["terminate", "suspend", "resume", "rewind"])(
    "cannot %s what does not exist",
    async (operation) => {
      await expect(test.client(operation, "nope", "x")).rejects.toThrow("No instance with ID 'nope' found.");
    },
  );

  it("cannot raise an event without data", async () => {
    const id = await waiting("e1");

    await expect(test.client("raiseEvent", id, "go")).rejects.toThrow(/400.*Invalid JSON content/);
  });

  it("keeps events for a suspended orchestration until it is resumed", async () => {
    const id = await waiting("s1");
    await test.client("suspend", id, "pause");
    await test.runtime.idle();
    await test.client("raiseEvent", id, "go", 1);
    await test.client("raiseEvent", id, "go", 2);
    await test.runtime.idle();
    expect((await test.status(id)).runtimeStatus).toBe("Suspended");

    await test.client("resume", id, "go on");

    expect((await test.ended(id)).output).toEqual([1, 2]);
  });

  it("cannot suspend twice, nor resume what runs", async () => {
    const id = await waiting("s2");

    await expect(test.client("resume", id, "x")).rejects.toThrow(/Cannot resume .* in the Running state/);
    await test.client("suspend", id, "x");
    await test.runtime.idle();
    await expect(test.client("suspend", id, "x")).rejects.toThrow(/Cannot suspend .* in the Suspended state/);
  });

  it("rewinds a failed orchestration, which runs its failed activity again", async () => {
    const { instanceId } = await test.run("unhandled");
    seen.isFixed = true;

    await test.client("rewind", instanceId, "fixed the bug");

    expect(await test.ended(instanceId)).toMatchObject({ runtimeStatus: "Completed", output: "fixed" });
  });

  it("rewinds the failed child of a failed orchestration", async () => {
    const { instanceId, runtimeStatus } = await test.run("parentOfFlaky", {}, "rp");
    expect(runtimeStatus).toBe("Failed");
    seen.isFixed = true;

    await test.client("rewind", instanceId, "fixed");

    expect((await test.ended(instanceId)).output).toEqual({ result: "fixed" });
    expect((await test.status("rp-child")).runtimeStatus).toBe("Completed");
  });

  it("cannot rewind what did not fail", async () => {
    const running = await waiting("r1");
    const finished = (await test.run("chain")).instanceId;

    await expect(test.client("rewind", running, "x")).rejects.toThrow("only supported on failed");
    await expect(test.client("rewind", finished, "x")).rejects.toThrow("410");
  });

  it("cannot get the status of what does not exist", async () => {
    await expect(test.status("nope")).rejects.toThrow("HTTP 404");
  });

  it("lists all orchestrations over as many pages as it takes", async () => {
    const ids = await Promise.all(Array.from({ length: 145 }, async () => test.start("chain")));

    const all = await test.client<Status[]>("getStatusAll");

    expect(all.map(({ instanceId }) => instanceId).toSorted()).toEqual(ids.toSorted());
  });

  it("lists by status", async () => {
    await test.run("chain", {}, "done");
    await waiting("open");

    const open = await test.client<Status[]>("getStatusBy", { runtimeStatus: ["Running", "Failed"] });

    expect(open.map(({ instanceId }) => instanceId)).toEqual(["open"]);
  });

  it("lists by time of creation", async () => {
    await waiting("now");

    const before = await test.client<Status[]>("getStatusBy", { createdTimeTo: "2020-01-01T00:00:00Z" });
    const after = await test.client<Status[]>("getStatusBy", { createdTimeFrom: "2020-01-01T00:00:00Z" });

    expect([before.length, after.length]).toEqual([0, 1]);
  });

  it("purges one orchestration when it is finished", async () => {
    await test.run("chain", {}, "done");
    await waiting("open");

    expect(await test.client("purgeInstanceHistory", "done")).toEqual({ instancesDeleted: 1 });
    expect(await test.client("purgeInstanceHistory", "done")).toEqual({ instancesDeleted: 0 });
    expect(await test.client("purgeInstanceHistory", "open")).toEqual({ instancesDeleted: 0 });
    await expect(test.status("done")).rejects.toThrow("404");
  });

  it("purges all finished orchestrations that fit a filter", async () => {
    await Promise.all([test.run("chain"), test.run("chain"), test.run("throws"), waiting("open")]);
    const filter = { createdTimeFrom: "2020-01-01T00:00:00Z", runtimeStatus: ["Completed", "Running"] };

    expect(await test.client("purgeInstanceHistoryBy", filter)).toEqual({ instancesDeleted: 2 });
    expect(await test.client("getStatusAll")).toHaveLength(2);
  });

  it("makes management URLs of the public address", async () => {
    const urls = await test.client<Record<string, string>>("createHttpManagementPayload", "i1");

    expect(urls).toMatchObject({
      id: "i1",
      statusQueryGetUri:
        "http://localhost:7071/runtime/webhooks/durabletask/instances/i1?taskHub=TestHub&connection=Storage&code=local",
      sendEventPostUri: expect.stringContaining("/instances/i1/raiseEvent/{eventName}?") as string,
      terminatePostUri: expect.stringContaining("/instances/i1/terminate?reason={text}&") as string,
    });
  });

  it("answers a request with the URLs of the orchestration at the address that was called", async () => {
    const request = { url: "https://api.example.com/start" };

    const response = await test.client("createCheckStatusResponse", request, "i1");

    const address = "https://api.example.com/runtime/webhooks/durabletask/instances/i1?";
    expect(response).toMatchObject({
      status: 202,
      headers: { location: expect.stringContaining(address) as string, "retry-after": "10" },
      body: { id: "i1", statusQueryGetUri: expect.stringContaining(address) as string },
    });
  });

  it("waits for the end of an orchestration, and answers with its output", async () => {
    const id = await test.start("timer", { ms: 30 });
    const wait = { timeoutInMilliseconds: 5000, retryIntervalInMilliseconds: 5 };

    const response = await test.client("waitForCompletionOrCreateCheckStatusResponse", {}, id, wait);

    expect(response).toMatchObject({ status: 200, body: expect.any(Number) as number });
  });

  it("stops waiting when the time is up", async () => {
    const id = await waiting("w1");
    const wait = { timeoutInMilliseconds: 10, retryIntervalInMilliseconds: 5 };

    const response = await test.client("waitForCompletionOrCreateCheckStatusResponse", {}, id, wait);

    expect(response).toMatchObject({ status: 202, body: { id: "w1" } });
  });

  it.each(["signalEntity", "readEntityState"])("is refused entities by name: %s", async (method) => {
    await expect(test.client(method, { name: "counter", key: "a" }, "add", 1)).rejects.toThrow(
      /501.*Durable entities/,
    );
  });
});
