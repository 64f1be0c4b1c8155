import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

export interface RunningHelper {
  readonly url: string;
  close(): Promise<void>;
}

/** Runs a server of this folder in a process of its own, as the API is in one of its own; it prints its base URL. */
export async function startHelper(program: string, ...args: readonly string[]): Promise<RunningHelper> {
  const file = path.join(import.meta.dirname, program);
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const [url]: unknown[] = await once(createInterface({ input: child.stdout }), "line");
  return {
    url: String(url),
    async close() {
      child.kill();
      await once(child, "exit");
    },
  };
}
