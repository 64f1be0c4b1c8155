import { type FSWatcher, watch } from "node:fs";
import path from "node:path";
import type { WriteLog } from "../host-log.ts";
import type { ProcessOptions } from "./host-messages.ts";
import { type HostProcess, startHostProcess } from "./start-host-process.ts";

export interface WatchOptions {
  /** Every change of a source file below them starts the app again. */
  readonly directories: readonly string[];
  readonly onLog?: WriteLog;
  readonly onEvent?: (event: WatchEvent) => void;
}

export type WatchEvent =
  | { readonly kind: "restarted"; readonly tookMs: number }
  /** The app does not start; the next change tries again. */
  | { readonly kind: "failed"; readonly message: string };

export interface WatchedHost {
  readonly url: string;
  readonly port: number;
  listing(): string;
  close(): Promise<void>;
}

const SOURCE_FILE = /\.([cm]?[jt]s|json)$/;

/** Editors write a file in several steps. */
const SETTLE_MS = 30;

/** How long a call that runs may hold up a restart. */
const GRACE_MS = 250;

/**
 * Runs an app in a child process, and starts it again when its sources change. The first start must succeed.
 *
 * @throws {@link HostError} as {@link startHost} does.
 */
export async function watchHost(options: ProcessOptions, watchOptions: WatchOptions): Promise<WatchedHost> {
  const host = new RestartingHost({ ...options, drainTimeoutMs: GRACE_MS }, watchOptions);
  await host.start();
  return host;
}

class RestartingHost implements WatchedHost {
  readonly #options: ProcessOptions;
  readonly #watchOptions: WatchOptions;
  #watchers: readonly FSWatcher[] = [];
  #current: HostProcess | undefined;
  #port: number;
  #listing = "";
  #work: Promise<void> = Promise.resolve();
  #settling: NodeJS.Timeout | undefined;

  constructor(options: ProcessOptions, watchOptions: WatchOptions) {
    this.#options = options;
    this.#watchOptions = watchOptions;
    this.#port = options.port;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  listing(): string {
    return this.#listing;
  }

  async start(): Promise<void> {
    await this.#startProcess();
    this.#watchers = this.#watchOptions.directories.map((directory) =>
      watch(path.resolve(directory), { recursive: true }, (_event, file) => {
        this.#noteChange(file);
      }),
    );
  }

  async close(): Promise<void> {
    clearTimeout(this.#settling);
    for (const watcher of this.#watchers) {
      watcher.close();
    }
    await this.#work;
    await this.#current?.close();
  }

  #noteChange(file: string | null): void {
    if (file === null || SOURCE_FILE.test(file)) {
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => {
        this.#work = this.#work.then(() => this.#restart());
      }, SETTLE_MS);
    }
  }

  async #restart(): Promise<void> {
    const startedMs = performance.now();
    await this.#current?.close(GRACE_MS * 2);
    this.#current = undefined;
    try {
      await this.#startProcess();
      this.#tell({ kind: "restarted", tookMs: Math.round(performance.now() - startedMs) });
    } catch (error) {
      this.#tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #startProcess(): Promise<void> {
    const { onLog } = this.#watchOptions;
    const started = await startHostProcess({ ...this.#options, port: this.#port }, onLog);
    this.#current = started;
    this.#port = started.port;
    this.#listing = started.listing();
  }

  #tell(event: WatchEvent): void {
    this.#watchOptions.onEvent?.(event);
  }
}
