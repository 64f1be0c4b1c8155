import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { DurableHost } from "../../../support/durable-host.ts";
import type { Status } from "../../../support/durable-runtime.ts";

/** Uses `host` after its start. */
export function describeManagementApi(host: () => DurableHost): void {
  describe("the HTTP API of Durable Functions", () => {
    let test: DurableHost;

    beforeAll(() => {
      test = host();
    });

    it("answers a start with 202 and the URLs of the orchestration", async () => {
      const id = randomUUID();

      const response = await test.api("POST", `orchestrators/twoEvents/${id}?code=x`, "{}");

      const urls = (await response.json()) as Record<string, string>;
      expect(response.status).toBe(202);
      expect(response.headers.get("retry-after")).toBe("10");
      expect(response.headers.get("location")).toBe(urls["statusQueryGetUri"]);
      await test.became(id, "Running");
      const status = await fetch(urls["statusQueryGetUri"] ?? "");
      expect(await status.json()).toMatchObject({ instanceId: id, runtimeStatus: "Running" });
    });

    it("shows a running orchestration with 202 and where to look again", async () => {
      const id = await test.waiting();

      const response = await test.api("GET", `instances/${id}`);

      expect(response.status).toBe(202);
      expect(response.headers.get("location")).toContain(`/instances/${id}`);
      expect(response.headers.get("retry-after")).toBe("5");
      expect(await response.json()).toEqual({
        name: "twoEvents",
        instanceId: id,
        runtimeStatus: "Running",
        input: {},
        customStatus: null,
        output: null,
        createdTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        lastUpdatedTime: expect.stringMatching(/Z$/) as string,
      });
    });

    it("shows a failed one with 200, or with 500 on request", async () => {
      const { instanceId } = await test.run("throws");

      const plain = await test.api("GET", `instances/${instanceId}`);
      const asError = await test.api(
        "GET",
        `instances/${instanceId}?returnInternalServerErrorOnFailure=true`,
      );

      expect([plain.status, asError.status]).toEqual([200, 500]);
    });

    it("leaves the input out on request", async () => {
      const { instanceId } = await test.run("chain", { hi: 1 });

      const response = await test.api("GET", `instances/${instanceId}?showInput=false`);

      expect(((await response.json()) as Status).input).toBeNull();
    });

    it("shows the history with names, schedules merged into outcomes, and results only on request", async () => {
      const { instanceId } = await test.run("version", { hi: 1 });

      const full = { historyEvents: await test.history(instanceId) };
      const short = await test.api("GET", `instances/${instanceId}?showHistory=true`);

      const time = expect.stringMatching(/Z$/) as string;
      expect(full).toMatchObject({
        historyEvents: [
          { EventType: "ExecutionStarted", Input: '{"hi":1}', Timestamp: time, FunctionName: "version" },
          {
            EventType: "TaskCompleted",
            Result: "Hello x",
            Timestamp: time,
            ScheduledTime: time,
            FunctionName: "hello",
            Input: String.raw`["\"x\""]`,
          },
          { EventType: "ExecutionCompleted", OrchestrationStatus: "Completed", Result: "", Timestamp: time },
        ],
      });
      expect(await short.text()).not.toContain('"Result"');
    });

    it("shows what is scheduled and has no outcome", async () => {
      const id = await test.start("timer", { ms: 20 * 86_400_000 });
      await test.became(id, "Running");

      const history = await test.history(id);

      expect(history.map(({ EventType }) => EventType)).toEqual(["ExecutionStarted", "TimerCreated"]);
    });

    it("waits for the end of an orchestration on request", async () => {
      const response = await test.api(
        "POST",
        "orchestrators/timer?timeout=10&pollingInterval=0.01",
        '{"ms":20}',
      );

      expect(response.status).toBe(200);
      expect(await response.json()).toBeGreaterThanOrEqual(20);
    });

    it("answers with the failure when the one it waits for fails", async () => {
      const response = await test.api("POST", "orchestrators/throws?timeout=10&pollingInterval=0.01", "{}");

      expect(response.status).toBe(500);
      expect(await response.json()).toMatchObject({ runtimeStatus: "Failed" });
    });

    it("restarts an orchestration with the same input under a new id, or under its own", async () => {
      const { instanceId } = await test.run("chain", { hi: 1 });
      const restart = `instances/${instanceId}/restart`;

      const renamed = await idOf(test.api("POST", restart));
      const same = await idOf(test.api("POST", `${restart}?restartWithNewInstanceId=false`));

      expect(renamed).toMatch(/^[0-9a-f]{32}$/);
      expect(same).toBe(instanceId);
      expect((await test.ended(renamed)).output).toMatchObject({ input: { hi: 1 } });
      expect((await test.api("POST", "instances/nope/restart")).status).toBe(400);
    });

    it("decodes escaped ids, event names and reasons", async () => {
      const id = `my id ${randomUUID()}`;
      await test.waiting(id);

      await test.api("POST", `instances/${encodeURIComponent(id)}/terminate?reason=%C3%A4%20%26%20b`);

      expect((await test.ended(id)).output).toBe("ä & b");
    });

    it("lists the orchestrations whose id begins with a prefix, a page at a time", async () => {
      const prefix = randomUUID();
      const [one, two, three] = ["1", "2", "3"].map((end) => `${prefix}-${end}`);
      await Promise.all([one, two, three, randomUUID()].map(async (id) => test.waiting(id)));
      const page = `instances?instanceIdPrefix=${prefix}&top=2`;

      const first = await test.api("GET", page);
      const token = first.headers.get("x-ms-continuation-token") ?? "";
      const second = await test.api("GET", page, undefined, { "x-ms-continuation-token": token });

      expect(await idsOf(first)).toEqual([one, two]);
      expect(await idsOf(second)).toEqual([three]);
      expect(second.headers.get("x-ms-continuation-token")).toBeNull();
    });

    it.each([
      ["POST", "orchestrators/chain", "{", 400],
      ["POST", "orchestrators/nobody", "{}", 400],
      ["POST", "orchestrators/chain?timeout=soon", "{}", 400],
      ["GET", "orchestrators/chain", undefined, 404],
      ["GET", "instances/nope", undefined, 404],
      ["POST", "instances/nope/raiseEvent/go", "{}", 404],
      ["POST", "instances/i1/raiseEvent/go", "", 400],
      ["POST", "instances/i1/raiseEvent/go", "{", 400],
      ["POST", "instances/i1/dance", "", 404],
      ["PUT", "instances/i1", "", 404],
      ["GET", "instances/%E0%A4%A", undefined, 400],
      ["GET", "instances?runtimeStatus=Sleeping", undefined, 400],
      ["GET", "instances?createdTimeFrom=yesterday", undefined, 400],
      ["GET", "instances?top=0", undefined, 400],
      ["DELETE", "instances", undefined, 400],
      ["DELETE", "instances?createdTimeFrom=2100-01-01", undefined, 404],
      ["DELETE", "instances/nope", undefined, 404],
      ["GET", "elsewhere", undefined, 404],
    ])("answers %s %s with the body %o by %i", async (...[method, path, body, expected]) => {
      const id = await test.waiting();

      const response = await test.api(method, path.replace("i1", id), body);

      expect(response.status).toBe(expected);
    });

    it("refuses an event that is not sent as JSON", async () => {
      const id = await test.waiting();

      const response = await test.api("POST", `instances/${id}/raiseEvent/go`, "1", {
        "content-type": "text/plain",
      });

      expect(response.status).toBe(400);
    });

    it.each(["raiseEvent/go", "terminate", "suspend", "resume", "rewind"])(
      "answers 410 to %s when the orchestration has completed",
      async (operation) => {
        const { instanceId } = await test.run("chain");

        const response = await test.api("POST", `instances/${instanceId}/${operation}`, "{}");

        expect(response.status).toBe(410);
      },
    );
  });
}

async function idOf(response: Promise<Response>): Promise<string> {
  return ((await (await response).json()) as { id: string }).id;
}

async function idsOf(response: Response): Promise<string[]> {
  return ((await response.json()) as Status[]).map(({ instanceId }) => instanceId);
}
