import { beforeAll, describe, expect, it } from "vitest";
import type { DurableHost } from "../../../support/durable-host.ts";
import type { Status } from "../../../support/durable-runtime.ts";

interface Purged {
  readonly instancesDeleted: number;
}

/** Uses `host` after its start. */
export function describeClient(host: () => DurableHost): void {
  describe("the Durable client of the real SDK", () => {
    let test: DurableHost;

    beforeAll(() => {
      test = host();
    });

    it("starts an orchestration for an HTTP function, whose answer tells where its status is", async () => {
      const response = await fetch(`${test.url}/api/start/sequence`, { method: "POST", body: '{"steps":3}' });

      const { id, statusQueryGetUri } = (await response.json()) as Record<string, string>;
      expect(response.status).toBe(202);
      expect(statusQueryGetUri).toContain(`${test.url}/runtime/webhooks/durabletask/instances/${id}`);
      await test.ended(String(id));
      const status = await fetch(String(statusQueryGetUri));
      expect(await status.json()).toMatchObject({ runtimeStatus: "Completed", output: 3 });
    });

    it("gets an id of 32 hex digits when it names none", async () => {
      expect(await test.client("startNew", "chain", { input: {} })).toMatch(/^[0-9a-f]{32}$/);
    });

    it("starts without an input, which the orchestrator sees as an empty text", async () => {
      const id = await test.client<string>("startNew", "chain");

      expect((await test.ended(id)).output).toMatchObject({ input: "" });
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
      const id = await test.waiting();

      await expect(test.start("chain", {}, id)).rejects.toThrow(
        /500.*An Orchestration instance with the status Running already exists\./,
      );
    });

    it("may use the id of a finished orchestration again", async () => {
      const { instanceId } = await test.run("chain");

      const { output } = await test.run("timer", { ms: 1 }, instanceId);

      expect(output).toBeGreaterThanOrEqual(1);
    });

    it("terminates with its reason as the output", async () => {
      const id = await test.waiting();

      await test.client("terminate", id, "stop it");

      expect(await test.ended(id)).toMatchObject({ runtimeStatus: "Terminated", output: "stop it" });
    });

    it("terminates an orchestration that is suspended", async () => {
      const id = await test.waiting();
      await test.client("suspend", id, "first");
      await test.became(id, "Suspended");

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
        await expect(test.client(operation, "nope", "x")).rejects.toThrow(
          "No instance with ID 'nope' found.",
        );
      },
    );

    it("cannot raise an event without data", async () => {
      const id = await test.waiting();

      await expect(test.client("raiseEvent", id, "go")).rejects.toThrow(/400.*Invalid JSON content/);
    });

    it("keeps events for a suspended orchestration until it is resumed", async () => {
      const id = await test.waiting();
      await test.client("suspend", id, "pause");
      await test.became(id, "Suspended");
      await test.client("raiseEvent", id, "go", 1);
      await test.client("raiseEvent", id, "go", 2);
      expect((await test.status(id)).runtimeStatus).toBe("Suspended");

      await test.client("resume", id, "go on");

      expect((await test.ended(id)).output).toEqual([1, 2]);
    });

    it("cannot suspend twice, nor resume what runs", async () => {
      const id = await test.waiting();

      await expect(test.client("resume", id, "x")).rejects.toThrow(/Cannot resume .* in the Running state/);
      await test.client("suspend", id, "x");
      await test.became(id, "Suspended");
      await expect(test.client("suspend", id, "x")).rejects.toThrow(
        /Cannot suspend .* in the Suspended state/,
      );
    });

    it("rewinds a failed orchestration, which runs its failed activity again", async () => {
      const { instanceId, runtimeStatus } = await test.run("unhandled");
      expect(runtimeStatus).toBe("Failed");

      await test.client("rewind", instanceId, "fixed the bug");

      expect((await test.became(instanceId, "Completed")).output).toBe("fixed");
    });

    it("rewinds the failed child of a failed orchestration", async () => {
      const { instanceId, runtimeStatus } = await test.run("parentOfFlaky");
      expect(runtimeStatus).toBe("Failed");

      await test.client("rewind", instanceId, "fixed");

      expect((await test.became(instanceId, "Completed")).output).toEqual({ result: "fixed" });
      expect((await test.status(`${instanceId}-child`)).runtimeStatus).toBe("Completed");
    });

    it("cannot rewind what did not fail", async () => {
      const running = await test.waiting();
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

      expect(all.map(({ instanceId }) => instanceId)).toEqual(expect.arrayContaining(ids));
    });

    it("lists by status", async () => {
      const done = await test.run("chain");
      const open = await test.waiting();

      const listed = await test.client<Status[]>("getStatusBy", { runtimeStatus: ["Running", "Failed"] });

      const ids = listed.map(({ instanceId }) => instanceId);
      expect(ids).toContain(open);
      expect(ids).not.toContain(done.instanceId);
    });

    it("lists by time of creation", async () => {
      const id = await test.waiting();

      const before = await test.client<Status[]>("getStatusBy", { createdTimeTo: "2020-01-01T00:00:00Z" });
      const after = await test.client<Status[]>("getStatusBy", { createdTimeFrom: "2020-01-01T00:00:00Z" });

      expect(before).toEqual([]);
      expect(after.map(({ instanceId }) => instanceId)).toContain(id);
    });

    it("purges one orchestration when it is finished", async () => {
      const { instanceId: done } = await test.run("chain");
      const open = await test.waiting();

      expect(await test.client("purgeInstanceHistory", done)).toEqual({ instancesDeleted: 1 });
      expect(await test.client("purgeInstanceHistory", done)).toEqual({ instancesDeleted: 0 });
      expect(await test.client("purgeInstanceHistory", open)).toEqual({ instancesDeleted: 0 });
      await expect(test.status(done)).rejects.toThrow("404");
    });

    it("purges all finished orchestrations that fit a filter", async () => {
      const [done, failed] = await Promise.all([test.run("chain"), test.run("throws")]);
      const open = await test.waiting();
      const filter = { createdTimeFrom: "2020-01-01T00:00:00Z", runtimeStatus: ["Completed", "Running"] };

      const { instancesDeleted } = await test.client<Purged>("purgeInstanceHistoryBy", filter);

      expect(instancesDeleted).toBeGreaterThan(0);
      await expect(test.status(done.instanceId)).rejects.toThrow("404");
      expect((await test.status(failed.instanceId)).runtimeStatus).toBe("Failed");
      expect((await test.status(open)).runtimeStatus).toBe("Running");
    });

    it("makes management URLs of the public address", async () => {
      const urls = await test.client<Record<string, string>>("createHttpManagementPayload", "i1");

      const address = `${test.url}/runtime/webhooks/durabletask/instances/i1?taskHub=`;
      expect(urls).toMatchObject({
        id: "i1",
        statusQueryGetUri: expect.stringContaining(address) as string,
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
      const id = await test.waiting();
      const wait = { timeoutInMilliseconds: 10, retryIntervalInMilliseconds: 5 };

      const response = await test.client("waitForCompletionOrCreateCheckStatusResponse", {}, id, wait);

      expect(response).toMatchObject({ status: 202, body: { id } });
    });
  });
}
