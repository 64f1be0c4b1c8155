import type { HostClock } from "../clock.ts";
import type { WriteLog } from "../host-log.ts";
import { waitUntil } from "../invocation/wait-until.ts";
import { type BlobFunction, isBlobMissing, unquoted } from "./blob-function.ts";
import type { BlobMessages, BlobVersion } from "./blob-messages.ts";

export interface ContainerWatchOptions {
  readonly blobFunction: BlobFunction;
  readonly messages: BlobMessages;
  readonly clock: HostClock;
  readonly log: WriteLog;
  readonly intervalMs: number;
  readonly onNewVersion: (version: BlobVersion) => void;
}

/** A scan takes at most this share of the time, whatever the interval is. */
const MAX_SCAN_SHARE = 0.2;

/** Looks into the container of one blob function again and again for versions that it has not been told about. */
export class ContainerWatch {
  readonly #options: ContainerWatchOptions;
  readonly #closed = new AbortController();
  readonly #known: Map<string, string>;
  #loop: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(options: ContainerWatchOptions) {
    this.#options = options;
    const { fn, pattern } = options.blobFunction;
    this.#known = new Map(options.messages.receipts(fn.name, pattern.container));
  }

  start(): void {
    this.#loop = this.#run();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { clock, intervalMs } = this.#options;
    while (!this.#closed.signal.aborted) {
      const startedMs = performance.now();
      await this.#scanLogged();
      const tookMs = performance.now() - startedMs;
      await waitUntil(
        clock,
        clock.now() + Math.max(intervalMs, tookMs / MAX_SCAN_SHARE),
        this.#closed.signal,
      );
    }
  }

  async #scanLogged(): Promise<void> {
    try {
      await this.#scan();
      this.#isFailing = false;
    } catch (error) {
      if (!isBlobMissing(error) && !this.#isFailing && !this.#closed.signal.aborted) {
        this.#isFailing = true;
        this.#warn(`cannot be watched, trying on: ${String(error)}`);
      }
    }
  }

  async #scan(): Promise<void> {
    const { account, fn, pattern } = this.#options.blobFunction;
    const container = account.blobs.getContainerClient(pattern.container);
    const gone = new Set(this.#known.keys());
    const items = container.listBlobsFlat({ prefix: pattern.prefix, abortSignal: this.#closed.signal });
    for await (const { name: blob, properties } of items) {
      gone.delete(blob);
      const etag = unquoted(properties.etag);
      if (this.#known.get(blob) !== etag && pattern.match(blob) !== undefined) {
        this.#known.set(blob, etag);
        this.#options.onNewVersion({ functionName: fn.name, container: pattern.container, blob, etag });
      }
    }
    for (const blob of gone) {
      this.#known.delete(blob);
      this.#options.messages.forgetReceipt(fn.name, pattern.container, blob);
    }
  }

  #warn(text: string): void {
    const { fn, pattern } = this.#options.blobFunction;
    const message = `Container "${pattern.container}" of function "${fn.name}" ${text}.`;
    this.#options.log({ level: "warning", category: "Host.Triggers.Blob", message, functionName: fn.name });
  }
}
