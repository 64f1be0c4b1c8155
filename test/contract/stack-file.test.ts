import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRunningStack, writeStackFile } from "../../local/stack/stack-file.ts";

/** Of a process that lives as long as this one. */
const STRANGER = process.ppid;

let directory: string;
let part: Server;
let partUrl: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "stack-file-"));
  part = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => part.listen(0, "127.0.0.1", resolve));
  partUrl = `http://127.0.0.1:${(part.address() as AddressInfo).port}`;
});

afterEach(async () => {
  part.close();
  await rm(directory, { recursive: true });
});

function fileOf(processId: number) {
  return { processId, url: "http://localhost:7071", parts: { Entra: partUrl } };
}

describe("the file in which a stack tells of itself", () => {
  it("counts while its process lives and its parts listen", async () => {
    await writeStackFile(directory, fileOf(STRANGER));

    expect(await readRunningStack(directory)).toEqual(fileOf(STRANGER));
  });

  it("does not count when its process id is somebody else's by now", async () => {
    await writeStackFile(directory, fileOf(STRANGER));
    await new Promise((resolve) => part.close(resolve));

    expect(await readRunningStack(directory)).toBeUndefined();
  });

  it("does not count when its process id is that of who reads it", async () => {
    await writeStackFile(directory, fileOf(process.pid));

    expect(await readRunningStack(directory)).toBeUndefined();
  });

  it.each(["", "{", "[]"])("does not count when it holds %j", async (text) => {
    await writeFile(path.join(directory, "stack.json"), text);

    expect(await readRunningStack(directory)).toBeUndefined();
  });
});
