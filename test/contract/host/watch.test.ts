import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WatchedHost, watchHost, type WatchEvent } from "../../../local/host/process/watch-host.ts";

const APPS = path.join(import.meta.dirname, "../../support/host-apps");

const SCRATCH = path.join(import.meta.dirname, "../../../.local");

let appDirectory: string;
let host: WatchedHost;
let events: WatchEvent[];
let onEvent: (event: WatchEvent) => void;

beforeEach(async () => {
  // Inside the project, so that the app finds its packages.
  await mkdir(SCRATCH, { recursive: true });
  appDirectory = await mkdtemp(path.join(SCRATCH, "watch-"));
  await cp(path.join(APPS, "startup"), appDirectory, { recursive: true });
  events = [];
  onEvent = () => undefined;
  const dataDirectory = path.join(appDirectory, "data");
  host = await watchHost(
    { appDirectory, entry: "one-function.ts", port: 0, dataDirectory },
    {
      directories: [appDirectory],
      onEvent: (event) => {
        events.push(event);
        onEvent(event);
      },
    },
  );
});

afterEach(async () => {
  await host.close();
  await rm(appDirectory, { recursive: true, force: true });
});

/** Replaces text in the app's file and waits for what the watch makes of it. */
async function change(from: string, to: string): Promise<WatchEvent> {
  const file = path.join(appDirectory, "one-function.ts");
  const text = await readFile(file, "utf8");
  const event = new Promise<WatchEvent>((resolve) => {
    onEvent = resolve;
  });
  await writeFile(file, text.replace(from, to));
  return event;
}

async function hello(): Promise<string> {
  return (await fetch(`${host.url}/api/hello`)).text();
}

describe("watching an app", () => {
  it("starts it again on the same port when a source changes", async () => {
    const before = await hello();

    const event = await change("hello $", "good day $");

    expect(event.kind).toBe("restarted");
    expect([before, await hello()]).toEqual(["hello ", "good day "]);
  });

  it("reports an app that does not start, and goes on with the next change", async () => {
    const broken = await change("app.http", "app.nothing");

    const mended = await change("app.nothing", "app.http");

    expect(broken).toMatchObject({
      kind: "failed",
      message: expect.stringContaining("app.nothing is not a function"),
    });
    expect(mended.kind).toBe("restarted");
    expect(await hello()).toBe("hello ");
  });
});
