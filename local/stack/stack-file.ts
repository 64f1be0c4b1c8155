import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { z } from "zod";

const schema = z.object({
  processId: z.number(),
  url: z.string(),
  /** Name of a part → its base URL. */
  parts: z.record(z.string(), z.string()),
});

/** On the loopback address. */
const CONNECT_TIMEOUT_MS = 2_000;

/** What a running stack tells other processes about itself. */
export type StackFile = z.output<typeof schema>;

function fileIn(dataDirectory: string): string {
  return path.join(dataDirectory, "stack.json");
}

/**
 * A file that a killed stack has left does not count, also where its process id is somebody else's by now: a part of the
 * stack must listen.
 *
 * @returns undefined when no stack runs on this data directory.
 */
export async function readRunningStack(dataDirectory: string): Promise<StackFile | undefined> {
  const text = await readFile(fileIn(dataDirectory), "utf8").catch(() => "");
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success || !isAlive(parsed.data.processId)) {
    return undefined;
  }
  const [anyPart] = Object.values(parsed.data.parts);
  return anyPart !== undefined && (await isListening(anyPart)) ? parsed.data : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function writeStackFile(dataDirectory: string, stack: StackFile): Promise<void> {
  await mkdir(dataDirectory, { recursive: true });
  const temporary = `${fileIn(dataDirectory)}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(stack, undefined, 2));
  await rename(temporary, fileIn(dataDirectory));
}

export async function removeStackFile(dataDirectory: string): Promise<void> {
  await rm(fileIn(dataDirectory), { force: true });
}

function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: CONNECT_TIMEOUT_MS });
    const tell = (isOpen: boolean) => () => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", tell(true));
    socket.once("error", tell(false));
    socket.once("timeout", tell(false));
  });
}

/** Another stack's process, never the one that asks. */
function isAlive(processId: number): boolean {
  if (processId === process.pid) {
    return false;
  }
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
