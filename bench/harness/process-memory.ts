import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const BYTES_PER_KB = 1024;
const BYTES_PER_MB = 1_000_000;

/** Resident memory in megabytes of the process in which the stack runs the app. */
export async function appMemoryMb(stackProcessId: number): Promise<number> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,rss="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const app = rows.find(([, parent]) => parent === stackProcessId);
  if (app === undefined) {
    throw new Error("The stack has no child process that runs the app.");
  }
  return ((app[2] ?? 0) * BYTES_PER_KB) / BYTES_PER_MB;
}
