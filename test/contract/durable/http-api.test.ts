import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { forgetSeen } from "../../support/durable-apps/seen.ts";
import { startTestRuntime, type Status, type TestRuntime } from "../../support/durable-runtime.ts";

const WEBHOOKS = "/runtime/webhooks/durabletask";

describe("the HTTP API of Durable Functions", () => {
  let app: DurableApp;
  let test: TestRuntime;
  let server: Server;

  beforeAll(async () => {
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  beforeEach(async () => {
    forgetSeen();
    server = createServer((request, response) => void test.runtime.handle(request, response));
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    test = await startTestRuntime(app, { publicBaseUrl: baseUrl() });
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await test.runtime.close();
  });

  function baseUrl(): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function call(method: string, path: string, body?: string): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return fetch(`${baseUrl()}${WEBHOOKS}/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  }

  async function waiting(instanceId: string): Promise<void> {
    await call("POST", `orchestrators/twoEvents/${instanceId}`, "{}");
    await test.runtime.idle();
  }

  it("answers a start with 202 and the URLs of the orchestration", async () => {
    const response = await call("POST", "orchestrators/twoEvents/i1?code=x", "{}");

    const urls = (await response.json()) as Record<string, string>;
    expect(response.status).toBe(202);
    expect(response.headers.get("retry-after")).toBe("10");
    expect(response.headers.get("location")).toBe(urls["statusQueryGetUri"]);
    await test.runtime.idle();
    const status = await fetch(urls["statusQueryGetUri"] ?? "");
    expect(await status.json()).toMatchObject({ instanceId: "i1", runtimeStatus: "Running" });
  });

  it("shows a running orchestration with 202 and where to look again", async () => {
    await waiting("i1");

    const response = await call("GET", "instances/i1");

    expect(response.status).toBe(202);
    expect(response.headers.get("location")).toBe(`${baseUrl()}${WEBHOOKS}/instances/i1`);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toEqual({
      name: "twoEvents",
      instanceId: "i1",
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

    const plain = await call("GET", `instances/${instanceId}`);
    const asError = await call("GET", `instances/${instanceId}?returnInternalServerErrorOnFailure=true`);

    expect([plain.status, asError.status]).toEqual([200, 500]);
  });

  it("leaves the input out on request", async () => {
    await test.run("chain", { hi: 1 }, "i1");

    const response = await call("GET", "instances/i1?showInput=false");

    expect(((await response.json()) as Status).input).toBeNull();
  });

  it("shows the history with names, schedules merged into outcomes, and results only on request", async () => {
    await test.run("version", { hi: 1 }, "i1");

    const full = (await (
      await call("GET", "instances/i1?showHistory=true&showHistoryOutput=true")
    ).json()) as object;
    const short = (await (await call("GET", "instances/i1?showHistory=true")).json()) as object;

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
    expect(JSON.stringify(short)).not.toContain("Result");
  });

  it("shows what is scheduled and has no outcome", async () => {
    await call("POST", "orchestrators/timer/i1", '{"ms":60000}');
    await test.runtime.idle();

    const history = await test.history("i1");

    expect(history.map(({ EventType }) => EventType)).toEqual(["ExecutionStarted", "TimerCreated"]);
  });

  it("waits for the end of an orchestration on request", async () => {
    const response = await call("POST", "orchestrators/timer?timeout=10&pollingInterval=0.01", '{"ms":20}');

    expect(response.status).toBe(200);
    expect(await response.json()).toBeGreaterThanOrEqual(20);
  });

  it("answers with the failure when the one it waits for fails", async () => {
    const response = await call("POST", "orchestrators/throws?timeout=10&pollingInterval=0.01", "{}");

    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ runtimeStatus: "Failed" });
  });

  it("restarts an orchestration with the same input under a new id, or under its own", async () => {
    await test.run("chain", { hi: 1 }, "i1");

    const renamed = (await (await call("POST", "instances/i1/restart")).json()) as { id: string };
    const same = (await (
      await call("POST", "instances/i1/restart?restartWithNewInstanceId=false")
    ).json()) as {
      id: string;
    };

    expect(renamed.id).toMatch(/^[0-9a-f]{32}$/);
    expect(same.id).toBe("i1");
    expect((await test.ended(renamed.id)).output).toMatchObject({ input: { hi: 1 } });
    expect((await call("POST", "instances/nope/restart")).status).toBe(400);
  });

  it("hands the trace of the call that starts an orchestration on to its activities and children", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const init = { method: "POST", body: "{}", headers: { traceparent } };
    await fetch(`${baseUrl()}${WEBHOOKS}/orchestrators/traced/i1`, init);

    expect((await test.ended("i1")).output).toEqual([traceparent, traceparent]);
  });

  it("decodes escaped ids, event names and reasons", async () => {
    await waiting("my%20id");

    await call("POST", "instances/my%20id/raiseEvent/go", "1");
    await call("POST", "instances/my%20id/terminate?reason=%C3%A4%20%26%20b");

    expect((await test.ended("my%20id")).output).toBe("ä & b");
  });

  it("lists the orchestrations whose id begins with a prefix, a page at a time", async () => {
    await Promise.all(["a-1", "a-2", "a-3", "b-1"].map(waiting));

    const first = await call("GET", "instances?instanceIdPrefix=a-&top=2");
    const token = first.headers.get("x-ms-continuation-token") ?? "";
    const second = await fetch(`${baseUrl()}${WEBHOOKS}/instances/?instanceIdPrefix=a-&top=2`, {
      headers: { "x-ms-continuation-token": token },
    });

    expect(await idsOf(first)).toEqual(["a-1", "a-2"]);
    expect(await idsOf(second)).toEqual(["a-3"]);
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
    ["DELETE", "instances?createdTimeFrom=2020-01-01", undefined, 404],
    ["DELETE", "instances/nope", undefined, 404],
    ["GET", "entities/counter/a", undefined, 501],
    ["POST", "makeprimary", "", 501],
    ["GET", "elsewhere", undefined, 404],
  ])("answers %s %s with the body %o by %i", async (...[method, path, body, expected]) => {
    await waiting("i1");

    const response = await call(method, path, body);

    expect(response.status).toBe(expected);
  });

  it("refuses an event that is not sent as JSON", async () => {
    await waiting("i1");

    const response = await fetch(`${baseUrl()}${WEBHOOKS}/instances/i1/raiseEvent/go`, {
      method: "POST",
      body: "1",
      headers: { "content-type": "text/plain" },
    });

    expect(response.status).toBe(400);
  });

  it.each(["raiseEvent/go", "terminate", "suspend", "resume", "rewind"])(
    "answers 410 to %s when the orchestration has completed",
    async (operation) => {
      const { instanceId } = await test.run("chain");

      const response = await call("POST", `instances/${instanceId}/${operation}`, "{}");

      expect(response.status).toBe(410);
    },
  );
});

async function idsOf(response: Response): Promise<string[]> {
  return ((await response.json()) as Status[]).map(({ instanceId }) => instanceId);
}
