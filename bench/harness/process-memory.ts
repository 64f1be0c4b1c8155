import { execFile } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const BYTES_PER_KB = 1024;
const BYTES_PER_MB = 1_000_000;

export interface AppProcess {
  readonly processId: number;
  /** Resident, in megabytes. */
  readonly memoryMb: number;
}

/** What makes the app of a stack write the memory that it still uses after a collection, in megabytes, into a file. */
export function liveMemorySettings(file: string): Readonly<Record<string, string>> {
  const preload = pathToFileURL(path.join(import.meta.dirname, "write-live-memory.ts")).href;
  return { NODE_OPTIONS: `--import ${preload}`, LIVE_MEMORY_FILE: file };
}

/** The process in which the stack runs the app. @returns undefined while there is none. */
export async function appProcess(stackProcessId: number): Promise<AppProcess | undefined> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,rss="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const app = rows.find(([, parent]) => parent === stackProcessId);
  return app && { processId: app[0] ?? Number.NaN, memoryMb: ((app[2] ?? 0) * BYTES_PER_KB) / BYTES_PER_MB };
}

/** @throws Error when the stack runs no app. */
export async function appMemoryMb(stackProcessId: number): Promise<number> {
  const app = await appProcess(stackProcessId);
  if (app === undefined) {
    throw new Error("The stack has no child process that runs the app.");
  }
  return app.memoryMb;
}
