import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const schema = z.object({
  processId: z.number(),
  url: z.string(),
  /** Name of a part → its base URL. */
  parts: z.record(z.string(), z.string()),
});

/** What a running stack tells other processes about itself. */
export type StackFile = z.output<typeof schema>;

function fileIn(dataDirectory: string): string {
  return path.join(dataDirectory, "stack.json");
}

/** @returns undefined when no stack runs on this data directory. */
export async function readRunningStack(dataDirectory: string): Promise<StackFile | undefined> {
  const text = await readFile(fileIn(dataDirectory), "utf8").catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  const parsed = schema.safeParse(JSON.parse(text));
  return parsed.success && isAlive(parsed.data.processId) ? parsed.data : undefined;
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

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
