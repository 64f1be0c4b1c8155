import { Worker } from "node:worker_threads";
import { JobOutputs } from "./job-outputs.ts";
import type { SynthesisOutput, SynthesisTask } from "./synthesis-task.ts";
import type { WorkerReport, WorkerRequest } from "./worker-protocol.ts";

/** A thread with an engine; started at first use, and anew after a crash. */
export class EngineThread {
  readonly #jobs = new Map<number, JobOutputs>();
  #worker: Worker | undefined;
  #nextJobId = 1;

  get jobCount(): number {
    return this.#jobs.size;
  }

  start(): void {
    this.#running();
  }

  async *synthesize(task: SynthesisTask, signal: AbortSignal): AsyncGenerator<SynthesisOutput, void> {
    signal.throwIfAborted();
    const jobId = this.#nextJobId;
    this.#nextJobId += 1;
    const outputs = new JobOutputs();
    this.#jobs.set(jobId, outputs);
    const abort = (): void => outputs.fail(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    const worker = this.#running();
    const post = (request: WorkerRequest): void => worker.postMessage(request, []);
    try {
      post({ kind: "start", jobId, ...task });
      for await (const output of outputs) {
        yield output;
        if (output.kind === "audio") {
          post({ kind: "credit", jobId, sizeBytes: output.bytes.length });
        }
      }
    } finally {
      signal.removeEventListener("abort", abort);
      this.#jobs.delete(jobId);
      post({ kind: "cancel", jobId });
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #running(): Worker {
    this.#worker ??= this.#started();
    return this.#worker;
  }

  #started(): Worker {
    const worker = new Worker(new URL("synthesis-worker.ts", import.meta.url));
    worker.on("message", (report: WorkerReport) => this.#jobs.get(report.jobId)?.accept(report));
    worker.on("error", (error) => this.#endJobs(error));
    worker.on("exit", () => {
      this.#worker = undefined;
      this.#endJobs(new Error("The thread of the speech engine has ended."));
    });
    return worker;
  }

  #endJobs(error: unknown): void {
    for (const outputs of this.#jobs.values()) {
      outputs.fail(error);
    }
  }
}
