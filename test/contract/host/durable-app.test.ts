import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { connect } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DurableHost } from "../../support/durable-host.ts";
import { startHostApp } from "../../support/host-app.ts";
import { until } from "../../support/until.ts";

const settings = { HUB_NAME: "WalkHub" };

describe("an app with orchestrations on the local host", () => {
  let host: DurableHost;

  beforeAll(async () => {
    const durable = { failsOnSequenceDrift: true };
    host = new DurableHost(await startHostApp("durable", { settings, durable }));
  });

  afterAll(() => host.close());

  it("keeps them in the task hub that host.json names", async () => {
    const urls = await host.client<Record<string, string>>("createHttpManagementPayload", "i1");

    expect(urls["statusQueryGetUri"]).toContain("taskHub=WalkHub");
  });

  it("runs activities and children in the trace of the call that started the first one", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const id = randomUUID();

    await host.api("POST", `orchestrators/traced/${id}`, "{}", {
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    });

    const span = expect.stringMatching(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`)) as string;
    expect((await host.ended(id)).output).toEqual([span, span]);
  });

  it.each([
    ["http", "CallHttp"],
    ["entity", "CallEntity"],
    ["lock", "LockEntities"],
  ])("fails them by name for what the host leaves out: %s", async (name, action) => {
    const { runtimeStatus, output } = await host.run(name);

    expect(runtimeStatus).toBe("Failed");
    expect(output).toContain(`does not support the action ${action}`);
  });

  it("fails them when told to, where the SDK counts tasks otherwise than Azure", async () => {
    const { runtimeStatus, output } = await host.run("caughtFanOut");

    expect(runtimeStatus).toBe("Failed");
    expect(output).toContain("Sequence drift");
  });

  it.each(["signalEntity", "readEntityState"])("refuses its client entities by name: %s", async (method) => {
    const call = host.client(method, { name: "counter", key: "a" }, "add", 1);

    await expect(call).rejects.toThrow(/501.*Durable entities/);
  });

  it.each([
    ["GET", "entities/counter/a"],
    ["POST", "makeprimary"],
  ])("answers %s %s by 501", async (method, route) => {
    const response = await host.api(method, route);

    expect(response.status).toBe(501);
  });
});

describe("an app with orchestrations whose process is killed", () => {
  it("goes on with chains, timers and events, and repeats at most the activity that ran", async () => {
    const first = await startHostApp("durable", { settings });
    const { dataDirectory } = first;
    const journal = path.join(dataDirectory, "journal");
    const before = new DurableHost(first);
    const chain = await before.start("walk", { count: 8, everyMs: 30, journal });
    const timer = await before.start("timer", { ms: 300 });
    const events = await before.waiting();
    await before.client("raiseEvent", events, "go", "before");
    await until(
      async () => linesOf(journal),
      (lines) => lines.length >= 3,
    );

    await first.host.kill();
    const after = new DurableHost(await startHostApp("durable", { settings, dataDirectory }));
    await after.client("raiseEvent", events, "go", "after");

    expect((await after.ended(chain)).output).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect((await after.ended(timer)).output).toBeGreaterThanOrEqual(300);
    expect((await after.ended(events)).output).toEqual(["before", "after"]);
    const lines = await linesOf(journal);
    expect(new Set(lines).size).toBe(8);
    expect(lines.length).toBeLessThanOrEqual(9);
    await after.close();
  });
});

describe("an app with orchestrations whose host stops", () => {
  it("lets a call that is being answered start one, which goes on with the next host", async () => {
    const first = await startHostApp("durable", { settings });
    const { dataDirectory } = first;
    const id = randomUUID();
    const call = JSON.stringify({
      method: "startNew",
      args: ["timer", { input: { ms: 10 }, instanceId: id }],
    });
    const request = http.request(`${first.url}/api/client`, {
      method: "POST",
      headers: { "transfer-encoding": "chunked", expect: "100-continue" },
    });
    const answered = once(request, "response") as Promise<[http.IncomingMessage]>;
    request.flushHeaders();
    await once(request, "continue");
    request.write(call.slice(0, 10));

    const closed = first.host.close();
    await until(
      () => isListening(first.url),
      (is) => !is,
    );
    request.end(call.slice(10));
    const [response] = await answered;
    response.resume();
    await closed;
    const next = new DurableHost(await startHostApp("durable", { settings, dataDirectory }));

    expect(response.statusCode).toBe(200);
    expect((await next.ended(id)).output).toBeGreaterThanOrEqual(10);
    await next.close();
  });
});

function isListening(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function linesOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}
