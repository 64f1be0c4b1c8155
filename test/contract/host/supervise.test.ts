import { readFile, rename, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type SupervisedHost,
  superviseHost,
  type SupervisionEvent,
} from "../../../local/host/process/supervise-host.ts";
import { freePortBlock } from "../../support/port-block.ts";
import { copySampleApp, type ScratchApp } from "../../support/scratch-app.ts";

let scratch: ScratchApp;
let host: SupervisedHost;
let events: SupervisionEvent[];
let onEvent: (event: SupervisionEvent) => void;

beforeEach(async () => {
  scratch = await copySampleApp("startup");
  const { appDirectory } = scratch;
  events = [];
  onEvent = () => undefined;
  const dataDirectory = path.join(appDirectory, "data");
  const port = await freePortBlock();
  host = await superviseHost(
    { appDirectory, entry: "one-function.ts", port, dataDirectory },
    {
      watchedDirectories: [appDirectory],
      onLog: () => undefined,
      onEvent: (event) => {
        events.push(event);
        onEvent(event);
      },
    },
  );
});

afterEach(async () => {
  await host.close();
  await scratch.remove();
});

/** Replaces text in the app's file and waits for what the watch makes of it. */
async function change(from: string, to: string): Promise<SupervisionEvent> {
  const file = path.join(scratch.appDirectory, "one-function.ts");
  const text = await readFile(file, "utf8");
  const event = new Promise<SupervisionEvent>((resolve) => {
    onEvent = resolve;
  });
  // A file that is written in place is seen empty first.
  await writeFile(`${file}.tmp`, text.replace(from, to));
  await rename(`${file}.tmp`, file);
  return event;
}

async function hello(): Promise<string> {
  return (await fetch(`${host.url}/api/hello`)).text();
}

describe("supervising an app", () => {
  it("starts it again on the same port when it dies", async () => {
    const restarted = new Promise<SupervisionEvent>((resolve) => {
      onEvent = (event) => {
        if (event.kind === "restarted") {
          resolve(event);
        }
      };
    });

    process.kill(host.processId ?? Number.NaN, "SIGKILL");
    await restarted;

    expect(events.map(({ kind }) => kind)).toEqual(["died", "restarted"]);
    expect(await hello()).toBe("hello ");
  });

  it("tries again when its port was somebody else's for a moment after it died", async () => {
    const [died, failed, restarted] = (["died", "failed", "restarted"] as const).map((kind) => {
      const told = Promise.withResolvers<void>();
      return { kind, ...told };
    });
    onEvent = ({ kind }) => {
      [died, failed, restarted].find((wanted) => wanted?.kind === kind)?.resolve();
    };
    const stranger = createServer();

    process.kill(host.processId ?? Number.NaN, "SIGKILL");
    await died?.promise;
    await new Promise<void>((resolve) => stranger.listen(host.port, resolve));
    await failed?.promise;
    await new Promise((resolve) => stranger.close(resolve));
    await restarted?.promise;

    expect(await hello()).toBe("hello ");
  });

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
