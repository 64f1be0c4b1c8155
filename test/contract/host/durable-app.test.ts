import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startHostApp } from "../../support/host-app.ts";

interface ManagementUrls {
  readonly id: string;
  readonly statusQueryGetUri: string;
}

async function startWalk(url: string, input: object): Promise<ManagementUrls> {
  const response = await fetch(`${url}/api/start`, { method: "POST", body: JSON.stringify(input) });
  expect(response.status).toBe(202);
  return (await response.json()) as ManagementUrls;
}

async function outputOf(statusUrl: string): Promise<unknown> {
  for (;;) {
    const status = (await (await fetch(statusUrl)).json()) as { runtimeStatus: string; output: unknown };
    if (status.runtimeStatus === "Completed") {
      return status.output;
    }
    expect(["Pending", "Running"]).toContain(status.runtimeStatus);
    await delay(20);
  }
}

const settings = { HUB_NAME: "WalkHub" };

describe("an app with orchestrations", () => {
  it("starts one through the client binding and reads it through the management URLs", async () => {
    const app = await startHostApp("durable", { settings });
    const journal = path.join(app.dataDirectory, "journal");

    const { statusQueryGetUri } = await startWalk(app.url, { count: 3, everyMs: 0, journal });

    expect(statusQueryGetUri).toContain(`${app.url}/runtime/webhooks/durabletask/instances/`);
    expect(statusQueryGetUri).toContain("taskHub=WalkHub");
    expect(await outputOf(statusQueryGetUri)).toEqual([0, 1, 2]);
    await app.close();
  });

  it("goes on after the process was killed, and repeats at most the activity that ran", async () => {
    const first = await startHostApp("durable", { settings });
    const { dataDirectory } = first;
    const journal = path.join(dataDirectory, "journal");
    const { id } = await startWalk(first.url, { count: 8, everyMs: 30, journal });
    await linesOf(journal, 3);

    await first.host.kill();
    const second = await startHostApp("durable", { settings, dataDirectory });

    const statusUrl = `${second.url}/runtime/webhooks/durabletask/instances/${id}`;
    expect(await outputOf(statusUrl)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const lines = (await readFile(journal, "utf8")).trim().split("\n");
    expect(new Set(lines).size).toBe(8);
    expect(lines.length).toBeLessThanOrEqual(9);
    await second.close();
  });
});

/** Waits until a file has so many lines. */
async function linesOf(file: string, count: number): Promise<void> {
  for (;;) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.split("\n").length > count) {
      return;
    }
    await delay(5);
  }
}
