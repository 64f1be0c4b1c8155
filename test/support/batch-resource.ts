import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createControl } from "../../local/faults/control.ts";
import type { FaultRequest } from "../../local/faults/fault.ts";
import { VirtualClock } from "../../local/host/clock.ts";
import { createBatchSynthesis } from "../../local/speech/batch-synthesis/batch-synthesis.ts";
import type {
  BatchSynthesis,
  BatchSynthesisOptions,
} from "../../local/speech/batch-synthesis/batch-synthesis.ts";
import { startStandIn } from "../../local/stand-in/server.ts";
import type { RunningStandIn } from "../../local/stand-in/server.ts";

const KEY = "speech-key";

interface BatchAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

type BatchResourceOptions = Pick<BatchSynthesisOptions, "speak"> &
  Partial<Pick<BatchSynthesisOptions, "limitsRate" | "credentials">>;

/** A running batch synthesis stand-in with a clock of its own. */
export class BatchResource {
  readonly clock = new VirtualClock(Date.UTC(2026, 10, 22));
  readonly #options: BatchResourceOptions;
  readonly #control = createControl(() => this.clock.now());
  #directory = "";
  #running: { readonly batches: BatchSynthesis; readonly server: RunningStandIn } | undefined;

  constructor(options: BatchResourceOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#running?.server.url ?? "";
  }

  async start(): Promise<void> {
    this.#directory ||= await mkdtemp(join(tmpdir(), "batch-"));
    const batches = createBatchSynthesis({
      dataDirectory: this.#directory,
      credentials: { key: KEY },
      control: this.#control,
      clock: this.clock,
      limitsRate: false,
      ...this.#options,
    });
    this.#running = { batches, server: await startStandIn({ port: 0, handlers: batches.handlers }) };
  }

  /** Makes the next call that fits fail. */
  fail(action: FaultRequest["action"], match: Readonly<Record<string, string>> = {}): void {
    this.#control.faults.add({ service: "batch-synthesis", match, action });
  }

  /** What is pending stays pending. */
  async stop(): Promise<void> {
    await this.#running?.server.close();
    await this.#running?.batches.close();
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async advance(durationMs = 60_000): Promise<void> {
    this.clock.advance(durationMs);
    await this.#running?.batches.settled();
  }

  async call(method: string, path: string, body?: unknown): Promise<BatchAnswer> {
    const separator = path.includes("?") ? "&" : "?";
    const answer = await fetch(`${this.url}/texttospeech${path}${separator}api-version=2024-04-01`, {
      method,
      headers: { "ocp-apim-subscription-key": KEY, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? {} : JSON.parse(text) };
  }

  /** Runs `job-1` to its end. */
  async run(body: object): Promise<Record<string, unknown>> {
    await this.call("PUT", "/batchsyntheses/job-1", body);
    await this.advance();
    return (await this.call("GET", "/batchsyntheses/job-1")).body;
  }
}

export function outputsOf(job: Record<string, unknown>): {
  readonly result: string;
  readonly summary: string;
} {
  return job["outputs"] as { result: string; summary: string };
}
