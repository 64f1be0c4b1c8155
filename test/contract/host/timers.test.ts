import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostApp, startHostApp } from "../../support/host-app.ts";
import { recorded } from "../../support/recorded.ts";

const settings = {
  "AzureWebJobs.onDrop.Disabled": "true",
  "AzureWebJobs.onFailing.Disabled": "1",
  "AzureWebJobs.onSlow.Disabled": "true",
  "AzureWebJobs.onReference.Disabled": "true",
  "AzureWebJobs.disabled.Disabled": "true",
  TICK_SCHEDULE: "* * * * * *",
};

let app: HostApp;

beforeAll(async () => {
  app = await startHostApp("background", { settings });
});

afterAll(() => app.close());

async function fire(name: string): Promise<number> {
  const response = await fetch(`${app.url}/admin/functions/${name}`, {
    method: "POST",
    body: '{"input":""}',
  });
  return response.status;
}

describe("a timer function", () => {
  it("runs by its schedule and is told so in camel case", async () => {
    const [first] = await recorded(app.url, "tick", 1);

    expect(first).toEqual({ schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false });
  });

  it("runs at start when it asks for it, and anew when it is fired", async () => {
    const atStart = await recorded(app.url, "atStart", 1);

    const status = await fire("atStart");

    expect(atStart).toEqual([false]);
    expect(status).toBe(202);
    expect(await recorded(app.url, "atStart", 2)).toEqual([false, false]);
  });

  it("runs again after a failure as its retry policy says, and is told how often", async () => {
    await fire("flaky");

    expect(await recorded(app.url, "flaky", 3)).toMatchObject([
      { retryCount: 0, maxRetryCount: 3 },
      { retryCount: 1, exception: { message: "Failure 1." } },
      { retryCount: 2, exception: { message: "Failure 2." } },
    ]);
  });

  it("is left out when a setting disables it", () => {
    expect(app.host.functions.map(({ name }) => name)).not.toContain("disabled");
  });
});
