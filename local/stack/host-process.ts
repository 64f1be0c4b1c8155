import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";

export interface HostProcessOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataDirectory: string;
  /** The environment of this process goes first. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface HostProcess {
  /** Of the API. */
  readonly url: string;
  /** The app's functions with their URLs. */
  readonly listing: string;
  close(): Promise<void>;
}

/** What the child says first. */
const report = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready"), url: z.string(), listing: z.string() }),
  z.object({ kind: z.literal("failed"), message: z.string() }),
]);

/**
 * Runs the app on the Functions host in a process of its own. When it dies, another one takes its place on the same port.
 *
 * @throws Error with what the host says when it cannot start.
 */
export async function startHostProcess(options: HostProcessOptions): Promise<HostProcess> {
  let isClosing = false;
  let child = start(options);
  const { url, listing } = await firstReport(child);
  const port = Number(new URL(url).port);
  const replace = (): void => {
    if (!isClosing) {
      console.error("The Functions host has died; starting it again.");
      child = start({ ...options, port });
      child.once("exit", replace);
    }
  };
  child.once("exit", replace);
  return {
    url,
    listing,
    async close() {
      isClosing = true;
      await stop(child);
    },
  };
}

function start({ port, dataDirectory, settings }: HostProcessOptions): ChildProcess {
  return fork(new URL("host-child.ts", import.meta.url), [String(port), dataDirectory], {
    env: { ...settings, ...process.env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

async function firstReport(child: ChildProcess): Promise<{ readonly url: string; readonly listing: string }> {
  const exited = once(child, "exit").then(([code]) => {
    throw new Error(`The Functions host ended with code ${String(code)} before it was ready.`);
  });
  const [message]: unknown[] = await Promise.race([once(child, "message"), exited]);
  const first = report.parse(message);
  if (first.kind === "failed") {
    throw new Error(first.message);
  }
  return first;
}

/** The child ends by itself when its channel to this process closes. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = once(child, "exit");
  child.disconnect();
  await exited;
}
