import type { WriteLog } from "../host-log.ts";
import { WorkInProgress } from "../work-in-progress.ts";
import type { BlobFunction } from "./blob-function.ts";
import type { BlobMessage, BlobMessages, BlobVersion } from "./blob-messages.ts";
import { sendToPoisonQueue } from "./poison-messages.ts";

export interface BlobQueueOptions {
  readonly functions: ReadonlyMap<string, BlobFunction>;
  readonly messages: BlobMessages;
  /** Attempts, one right after the other, before a message counts as poison. */
  readonly maxAttempts: number;
  readonly maxParallel: number;
  readonly log: WriteLog;
}

/** Works off the queued blob versions; what a crash interrupted is tried again at the next start. */
export class BlobQueue {
  readonly #options: BlobQueueOptions;
  readonly #waiting: BlobMessage[];
  readonly #running = new WorkInProgress();
  #isOpen = false;

  constructor(options: BlobQueueOptions) {
    this.#options = options;
    this.#waiting = options.messages
      .waiting()
      .filter(({ functionName }) => options.functions.has(functionName));
  }

  start(): void {
    this.#isOpen = true;
    for (let worker = 0; worker < this.#options.maxParallel; worker += 1) {
      this.#pump();
    }
  }

  /** A version that a scan has found: no later scan finds it again. */
  enqueueFound(version: BlobVersion): void {
    this.#add(this.#options.messages.enqueueWithReceipt(version));
  }

  /** A version that an event tells of: as on Azure every event counts. */
  enqueueEvent(version: BlobVersion): void {
    this.#add(this.#options.messages.enqueue(version));
  }

  async idle(): Promise<void> {
    await this.#running.idle();
  }

  /** Starts nothing more and waits for what runs. */
  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#running.idle();
  }

  #add(message: BlobMessage): void {
    this.#waiting.push(message);
    this.#pump();
  }

  #pump(): void {
    if (this.#isOpen && this.#waiting.length > 0 && this.#running.count < this.#options.maxParallel) {
      void this.#running.track(() => this.#workOffAll());
    }
  }

  async #workOffAll(): Promise<void> {
    for (let message = this.#take(); message !== undefined; message = this.#take()) {
      await this.#workOff(message);
    }
  }

  #take(): BlobMessage | undefined {
    return this.#isOpen ? this.#waiting.shift() : undefined;
  }

  async #workOff(message: BlobMessage): Promise<void> {
    try {
      await this.#tryRepeatedly(message);
    } catch (error) {
      this.#warn(message, `could not be read and stays queued until the next start: ${String(error)}`);
    }
  }

  async #tryRepeatedly(message: BlobMessage): Promise<void> {
    const { functions, messages, maxAttempts } = this.#options;
    const fn = functions.get(message.functionName);
    if (fn === undefined) {
      return;
    }
    for (let attempt = message.attempts + 1; attempt <= maxAttempts; attempt += 1) {
      messages.noteAttempt(message.id);
      const outcome = await fn.run(message);
      if (outcome === undefined || outcome.succeeded) {
        messages.remove(message.id);
        return;
      }
      if (!this.#isOpen) {
        return;
      }
    }
    await this.#poison(message, fn);
  }

  async #poison(message: BlobMessage, fn: BlobFunction): Promise<void> {
    await sendToPoisonQueue(fn.account, message);
    this.#options.messages.remove(message.id);
    this.#warn(message, `failed ${this.#options.maxAttempts} times and went to the poison queue`);
  }

  #warn({ functionName, container, blob }: BlobMessage, text: string): void {
    this.#options.log({
      level: "error",
      category: "Host.Triggers.Blob",
      functionName,
      message: `Blob ${container}/${blob} for function "${functionName}" ${text}.`,
    });
  }
}
