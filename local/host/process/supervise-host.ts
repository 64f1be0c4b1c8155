import type { WriteLog } from "../host-log.ts";
import type { ProcessOptions } from "./host-messages.ts";
import { type HostProcess, startHostProcess } from "./start-host-process.ts";
import { watchTree } from "./watch-tree.ts";

export interface SupervisionOptions {
  /** Every change of a source file below them starts the app again. Default: none. */
  readonly watchedDirectories?: readonly string[];
  readonly onLog?: WriteLog;
  readonly onEvent?: (event: SupervisionEvent) => void;
}

export type SupervisionEvent =
  /** The process of the app has ended by itself; another one takes its place. */
  | { readonly kind: "died" }
  | { readonly kind: "restarted"; readonly tookMs: number }
  /** The app does not start. The next change of a source tries again; an app that had died is tried after pauses, too. */
  | { readonly kind: "failed"; readonly message: string };

export interface SupervisedHost {
  readonly url: string;
  readonly port: number;
  readonly processId: number | undefined;
  listing(): string;
  close(): Promise<void>;
}

const SOURCE_FILE = /\.([cm]?[jt]s|json)$/;

/** Editors write a file in several steps. */
const SETTLE_MS = 30;

/** How long a call that runs may hold up a restart after a change. */
const CHANGE_GRACE_MS = 250;

/** Keeps an app that dies at once from being started without a pause; doubled while it does not start. */
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

/**
 * Runs an app in a child process. It is started again on the same port when it dies, as Azure does, and when its sources
 * change. The first start must succeed.
 *
 * @throws {@link HostError} as {@link startHost} does.
 */
export async function superviseHost(
  options: ProcessOptions,
  supervision: SupervisionOptions = {},
): Promise<SupervisedHost> {
  const host = new Supervisor(options, supervision);
  await host.start();
  return host;
}

class Supervisor implements SupervisedHost {
  readonly #options: ProcessOptions;
  readonly #supervision: SupervisionOptions;
  #watches: readonly (() => void)[] = [];
  #current: HostProcess | undefined;
  #port: number;
  #listing = "";
  #isClosing = false;
  #work: Promise<void> = Promise.resolve();
  #settling: NodeJS.Timeout | undefined;
  #revival: NodeJS.Timeout | undefined;

  constructor(options: ProcessOptions, supervision: SupervisionOptions) {
    this.#options = options;
    this.#supervision = supervision;
    this.#port = options.port;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  get processId(): number | undefined {
    return this.#current?.processId;
  }

  listing(): string {
    return this.#listing;
  }

  async start(): Promise<void> {
    await this.#startProcess();
    this.#watches = (this.#supervision.watchedDirectories ?? []).map((directory) =>
      watchTree(directory, (file) => this.#noteChange(file)),
    );
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#settling);
    clearTimeout(this.#revival);
    this.#watches.forEach((endWatch) => endWatch());
    await this.#work;
    await this.#current?.close();
  }

  #noteChange(file: string | null): void {
    if (file === null || SOURCE_FILE.test(file)) {
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => {
        clearTimeout(this.#revival);
        this.#queue(async () => void (await this.#replace()));
      }, SETTLE_MS);
    }
  }

  #noteDeath(dead: HostProcess): void {
    if (this.#current === dead && !this.#isClosing) {
      this.#current = undefined;
      this.#tell({ kind: "died" });
      this.#reviveAfter(FIRST_PAUSE_MS);
    }
  }

  /** Starts what has died, until it runs: its port may be somebody else's for a moment. */
  #reviveAfter(pauseMs: number): void {
    clearTimeout(this.#revival);
    this.#revival = setTimeout(() => {
      this.#queue(async () => {
        if (this.#current === undefined && !(await this.#replace()) && !this.#isClosing) {
          this.#reviveAfter(Math.min(pauseMs * 2, MAX_PAUSE_MS));
        }
      });
    }, pauseMs);
  }

  /** One replacement at a time. */
  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work);
  }

  /** @returns whether the app runs again. */
  async #replace(): Promise<boolean> {
    const startedMs = performance.now();
    const old = this.#current;
    this.#current = undefined;
    await old?.close(CHANGE_GRACE_MS);
    if (this.#isClosing) {
      return false;
    }
    try {
      await this.#startProcess();
      this.#tell({ kind: "restarted", tookMs: Math.round(performance.now() - startedMs) });
      return true;
    } catch (error) {
      this.#tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  async #startProcess(): Promise<void> {
    const started = await startHostProcess({ ...this.#options, port: this.#port }, this.#supervision.onLog);
    this.#current = started;
    this.#port = started.port;
    this.#listing = started.listing();
    void started.exited.then(() => this.#noteDeath(started));
  }

  #tell(event: SupervisionEvent): void {
    this.#supervision.onEvent?.(event);
  }
}
