import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { readRunningStack } from "../../local/stack/stack-file.ts";

export interface LocalStack {
  /** Of the API. */
  readonly url: string;
  /** Name of a stand-in → its base URL. */
  readonly parts: Readonly<Record<string, string>>;
  readonly dataDirectory: string;
  readonly processId: number;
  /** Ends the process as Ctrl-C does and removes its data. */
  close(): Promise<void>;
  /** Ends every process without warning; the data stays. */
  kill(): Promise<void>;
  /** Sends a signal to the one process of `npm start`; resolves when it and its child have ended. The data stays. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface LocalStackOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** First of nine ports for a stack that is to be found at its addresses again after a kill. Default: free ones. */
  readonly port?: number;
  /** Default: a new one, which `close` removes. */
  readonly dataDirectory?: string;
  /** Further flags of `npm start`. */
  readonly flags?: readonly string[];
  /** Takes what the stack and its app print. */
  readonly onLine?: (line: string) => void;
}

/** What a process needs of the machine that it runs on; nothing that the app takes for a setting. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS"] as const;

const START_TIMEOUT_MS = 90_000;

/** Starts the embedded stack as `npm start` does, in a process of its own, on free ports, with its fault controls. */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(path.join(tmpdir(), "voice-cloning-")));
  const child = spawn(process.execPath, ["local/main.ts", "--faults", ...(options.flags ?? [])], {
    env: {
      ...inheritedEnvironment(),
      VOICE_POLL_INTERVAL_SECONDS: "0.1",
      RATE_LIMIT_DEFAULT: "1000000",
      RATE_LIMIT_SYNTHESIS: "1000000",
      RATE_LIMIT_TRAINING: "1000000",
      ...options.settings,
      PORT: String(options.port ?? 0),
      DATA_DIR: dataDirectory,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  await untilReady(child, options.onLine);
  const file = await readRunningStack(dataDirectory);
  if (file === undefined) {
    throw new Error("The stack says that it is ready, but has left no stack file.");
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      // Its child holds the same pipes: they close when that one has ended too.
      await once(child, "close");
    }
  };
  return {
    url: file.url,
    parts: file.parts,
    dataDirectory,
    processId: file.processId,
    end,
    kill: () => end("SIGKILL"),
    async close() {
      await end("SIGINT");
      if (options.dataDirectory === undefined) {
        await rm(dataDirectory, { recursive: true, force: true });
      }
    },
  };
}

function inheritedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));
}

/** The process that the app runs in; the stack starts another one when it is gone. */
export function appProcess({ processId }: LocalStack): number | undefined {
  const children = readFileSync(`/proc/${processId}/task/${processId}/children`, "utf8").trim();
  return children === "" ? undefined : Number(children.split(" ").at(-1));
}

/** Resolves at the line that says that everything runs. */
async function untilReady(
  child: ChildProcessByStdio<null, Readable, Readable>,
  onLine?: (line: string) => void,
): Promise<void> {
  const startLines: string[] = [];
  const ready = Promise.withResolvers<void>();
  let isReady = false;
  const take = (line: string): void => {
    onLine?.(line);
    if (!isReady) {
      startLines.push(line);
    }
    if (line.startsWith("Ready")) {
      isReady = true;
      ready.resolve();
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", take);
  }
  child.once("close", () => {
    ready.reject(new Error(`The stack did not start:\n${startLines.join("\n")}`));
  });
  const timeout = setTimeout(() => child.kill("SIGKILL"), START_TIMEOUT_MS);
  try {
    await ready.promise;
  } finally {
    clearTimeout(timeout);
  }
}
