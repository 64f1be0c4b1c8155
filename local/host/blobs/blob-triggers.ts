import type { AppFunction, BlobTrigger } from "../app/app-function.ts";
import type { HostClock } from "../clock.ts";
import type { WriteLog } from "../host-log.ts";
import type { HostEndpoint } from "../http/dispatch-request.ts";
import type { InvocationOutcome, Invoker } from "../invocation/invoker.ts";
import type { InvocationSource } from "../invocation/invocation-source.ts";
import type { Settings } from "../settings/setting-references.ts";
import { openStorageAccount } from "./storage-account.ts";
import { BlobFunction } from "./blob-function.ts";
import { BlobMessages, type BlobVersion } from "./blob-messages.ts";
import { BlobQueue } from "./blob-queue.ts";
import { ContainerWatch } from "./container-watch.ts";
import { EventGridWebhook } from "./event-grid-webhook.ts";

export interface BlobTriggerOptions {
  readonly clock: HostClock;
  /** Where the queue is kept. */
  readonly directory: string;
  readonly invoker: Invoker;
  readonly log: WriteLog;
  readonly maxAttempts: number;
  readonly maxParallel: number;
  /** How often containers are looked into; 0: never, only the webhook tells of blobs. */
  readonly pollIntervalMs: number;
  readonly settings: Settings;
}

/**
 * The blob functions of an app. Functions with the source `EventGrid` are fed by watching their container too, because
 * no local storage emits events.
 */
export class BlobTriggers implements InvocationSource {
  readonly #functions: ReadonlyMap<string, BlobFunction>;
  readonly #messages: BlobMessages;
  readonly #queue: BlobQueue;
  readonly #watches: readonly ContainerWatch[];

  private constructor(functions: ReadonlyMap<string, BlobFunction>, options: BlobTriggerOptions) {
    const { clock, directory, log, maxAttempts, maxParallel, pollIntervalMs: intervalMs } = options;
    this.#functions = functions;
    this.#messages = new BlobMessages(directory);
    this.#queue = new BlobQueue({ functions, messages: this.#messages, maxAttempts, maxParallel, log });
    const onNewVersion = (version: BlobVersion): void => {
      this.#queue.enqueueFound(version);
    };
    const shared = { messages: this.#messages, clock, log, intervalMs, onNewVersion };
    const watched = intervalMs > 0 ? [...functions.values()] : [];
    this.#watches = watched.map((blobFunction) => new ContainerWatch({ ...shared, blobFunction }));
  }

  /** @throws {@link HostError} `function-invalid`, `setting-missing` */
  static async open(
    functions: readonly AppFunction<BlobTrigger>[],
    options: BlobTriggerOptions,
  ): Promise<BlobTriggers> {
    const opened = await Promise.all(
      functions.map(async (fn) => {
        const account = await openStorageAccount(fn.trigger.connection, options.settings);
        return [fn.name, new BlobFunction(fn, account, options.invoker)] as const;
      }),
    );
    return new BlobTriggers(new Map(opened), options);
  }

  get endpoint(): HostEndpoint {
    const webhook = new EventGridWebhook(this.#functions, (version) => {
      this.#queue.enqueueEvent(version);
    });
    return {
      prefix: "/runtime/webhooks/blobs",
      handle: (request, response, url) => webhook.handle(request, response, url),
    };
  }

  start(): void {
    this.#queue.start();
    for (const watch of this.#watches) {
      watch.start();
    }
  }

  /**
   * Runs a function for the newest version of a blob, once and without the queue.
   *
   * @returns `undefined` when there is no such blob.
   */
  async run(functionName: string, path: string): Promise<InvocationOutcome | undefined> {
    const [, container = "", blob = ""] = /^([^/]+)\/(.+)$/s.exec(path) ?? [];
    return this.#functions.get(functionName)?.runNewest(container, blob);
  }

  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  async close(): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.close()));
    await this.#queue.close();
    this.#messages.close();
  }
}
