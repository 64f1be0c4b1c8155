import { availableParallelism } from "node:os";
import { EngineThread } from "./engine-thread.ts";
import type { SynthesisOutput, SynthesisTask } from "./synthesis-task.ts";

/** Syntheses at the same time; the service has such a limit too, and no number for it. */
const MAX_JOBS = 64;
/** More would cost memory, not time: one thread speaks a hundred times faster than people do. */
const MAX_THREADS = 2;

/** Thrown when as many syntheses run as may. */
export class EngineBusyError extends Error {
  override readonly name = "EngineBusyError";
}

/** The synthesizer and its encoders, in threads of their own. */
export class SpeechEngine {
  readonly #threads: readonly EngineThread[];
  #jobCount = 0;

  constructor() {
    const threadCount = Math.min(MAX_THREADS, Math.max(1, availableParallelism() - 1));
    this.#threads = Array.from({ length: threadCount }, () => new EngineThread());
  }

  /** Syntheses that run. */
  get jobCount(): number {
    return this.#jobCount;
  }

  /** Starts the threads, so that the first synthesis does not wait for them. */
  start(): void {
    this.#threads.forEach((thread) => thread.start());
  }

  /**
   * Speaks while the outputs are taken, never far ahead of its reader. Ending the iteration or aborting stops it within
   * a clause.
   *
   * @throws {@link EngineBusyError} when as many syntheses run as may.
   */
  async *synthesize(task: SynthesisTask, signal: AbortSignal): AsyncGenerator<SynthesisOutput, void> {
    if (this.#jobCount >= MAX_JOBS) {
      throw new EngineBusyError(`${MAX_JOBS} syntheses are running.`);
    }
    this.#jobCount += 1;
    try {
      const thread = this.#threads.toSorted((a, b) => a.jobCount - b.jobCount)[0];
      if (thread !== undefined) {
        yield* thread.synthesize(task, signal);
      }
    } finally {
      this.#jobCount -= 1;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
