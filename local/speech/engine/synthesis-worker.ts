import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { Espeak } from "./espeak.ts";
import { EspeakPhones } from "./espeak-phones.ts";
import { SynthesisJob } from "./synthesis-job.ts";
import type { JobSurroundings } from "./synthesis-job.ts";
import { warmUp } from "./warm-up.ts";
import type { WorkerReport, WorkerRequest } from "./worker-protocol.ts";

/** Speaks several plans in turn, a clause of each at a time. */
class JobRunner {
  readonly #surroundings: JobSurroundings;
  readonly #jobs = new Map<number, SynthesisJob>();
  /** Jobs whose encoder is being made; canceling takes them out. */
  readonly #starting = new Set<number>();
  #isRunning = false;

  constructor(surroundings: JobSurroundings) {
    this.#surroundings = surroundings;
  }

  async handle(request: WorkerRequest): Promise<void> {
    switch (request.kind) {
      case "start":
        await this.#start(request);
        break;
      case "credit":
        this.#jobs.get(request.jobId)?.credit(request.sizeBytes);
        await this.#run();
        break;
      case "cancel":
        this.#cancel(request.jobId);
        break;
    }
  }

  async #start(request: Extract<WorkerRequest, { kind: "start" }>): Promise<void> {
    this.#starting.add(request.jobId);
    try {
      const job = await SynthesisJob.create(request, this.#surroundings);
      if (this.#starting.delete(request.jobId)) {
        this.#jobs.set(request.jobId, job);
      } else {
        job.cancel();
      }
    } catch (error) {
      this.#fail(request.jobId, error);
    }
    await this.#run();
  }

  #cancel(jobId: number): void {
    this.#starting.delete(jobId);
    this.#jobs.get(jobId)?.cancel();
    this.#jobs.delete(jobId);
  }

  async #run(): Promise<void> {
    if (this.#isRunning) {
      return;
    }
    this.#isRunning = true;
    let ready = this.#readyJobs();
    while (ready.length > 0) {
      for (const [jobId, job] of ready) {
        if (this.#jobs.has(jobId)) {
          this.#step(jobId, job);
          await nextTurn();
        }
      }
      ready = this.#readyJobs();
    }
    this.#isRunning = false;
  }

  #readyJobs(): [number, SynthesisJob][] {
    return [...this.#jobs].filter(([, job]) => job.isReady);
  }

  #step(jobId: number, job: SynthesisJob): void {
    try {
      if (!job.step()) {
        this.#jobs.delete(jobId);
      }
    } catch (error) {
      this.#cancel(jobId);
      this.#fail(jobId, error);
    }
  }

  #fail(jobId: number, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#surroundings.report({ kind: "failed", jobId, message });
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const espeak = await Espeak.load();
  const report = (message: WorkerReport): void =>
    port.postMessage(message, message.kind === "audio" ? [message.bytes.buffer] : []);
  const runner = new JobRunner({ espeak, phones: new EspeakPhones(espeak), report });
  warmUp(espeak);
  port.on("message", (request: WorkerRequest) => {
    void runner.handle(request);
  });
}
