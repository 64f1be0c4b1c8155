import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostApp, startHostApp } from "../../support/host-app.ts";
import { until } from "../../support/until.ts";

const settings = {
  "AzureWebJobs.onDrop.Disabled": "true",
  "AzureWebJobs.onFailing.Disabled": "true",
  "AzureWebJobs.onSlow.Disabled": "true",
  "AzureWebJobs.onReference.Disabled": "true",
  TICK_SCHEDULE: "00:05:00",
  AzureFunctionsJobHost__extensions__http__routePrefix: "v1",
};

let app: HostApp;

beforeAll(async () => {
  app = await startHostApp("background", { settings, runSchedules: false });
});

afterAll(() => app.close());

describe("the admin endpoints", () => {
  it("tell that the host runs", async () => {
    const status = await fetch(`${app.url}/admin/host/status`);

    expect(await status.json()).toMatchObject({ state: "Running" });
  });

  it("list the functions with their URLs", async () => {
    const functions = await fetch(`${app.url}/admin/functions`);

    expect(await functions.json()).toContainEqual({
      name: "slow",
      trigger: "httpTrigger",
      methods: ["GET", "POST"],
      url: `${app.url}/v1/slow`,
    });
  });

  it.each([
    ["nowhere", "{}", 404],
    ["slow", "{}", 400],
    ["tick", "no JSON", 400],
    ["TICK", "{}", 202],
  ])("answer a firing of %s with %s by %i", async (name, body, status) => {
    const response = await fetch(`${app.url}/admin/functions/${name}`, { method: "POST", body });

    expect(response.status).toBe(status);
  });
});

describe("an app's hooks", () => {
  it("wrap the handler, share data and replace its failure by a result", async () => {
    const response = await fetch(`${app.url}/v1/hooked`);

    expect(await response.json()).toEqual({
      hookData: { before: "seen before" },
      error: "Error: The handler failed.",
    });
  });

  it("change what is logged", async () => {
    await fetch(`${app.url}/v1/hooked`);

    expect(app.logs).toContainEqual(
      expect.objectContaining({ category: "Function.hooked.User", message: "a ****** { a: 1 }" }),
    );
  });
});

describe("an invocation", () => {
  it("goes on in the caller's trace with a span of its own", async () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

    const response = await fetch(`${app.url}/v1/trace`, { headers: { traceparent } });

    const { traceParent } = (await response.json()) as { traceParent: string };
    expect(traceParent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(traceParent).not.toBe(traceparent);
  });
});

describe("the limit of outstanding requests", () => {
  it("refuses what is over it with 429", async () => {
    const calls = [1, 2, 3].map(() => fetch(`${app.url}/v1/held`));

    const first = await Promise.race(calls);
    await fetch(`${app.url}/admin/functions/release`, { method: "POST", body: "{}" });

    expect(first.status).toBe(429);
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.toSorted((left, right) => left - right)).toEqual([200, 200, 429]);
  });
});

describe("stopping the host", () => {
  it("lets a running call end, runs appTerminate hooks and frees the port", async () => {
    const journal = path.join(app.dataDirectory, "journal");
    const own = await startHostApp("background", {
      settings: { ...settings, JOURNAL: journal },
      runSchedules: false,
    });
    const call = fetch(`${own.url}/v1/slow`);
    await until(
      async () => (await fetch(`${own.url}/v1/record`)).text(),
      (record) => record.includes('"slow"'),
    );

    await own.close();

    expect(await (await call).text()).toBe("slow");
    expect(await readFile(journal, "utf8")).toBe("terminated, started: true");
    await expect(fetch(own.url)).rejects.toThrow("fetch failed");
  });

  it("lets an answer that is streamed reach its end, although its function has returned before", async () => {
    const own = await startHostApp("streaming");
    const response = await fetch(`${own.url}/api/chunks?count=5&everyMs=100`);

    const closed = own.close();
    const text = await response.text();
    await closed;

    expect(text).toBe("0;1;2;3;4;");
  });
});
