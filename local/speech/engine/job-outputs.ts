import type { SynthesisOutput } from "./synthesis-task.ts";
import type { WorkerReport } from "./worker-protocol.ts";

type Settled =
  | { readonly kind: "open" }
  | { readonly kind: "ended" }
  | { readonly kind: "failed"; readonly error: unknown };

/** What a thread has reported of one job and nobody has taken yet. */
export class JobOutputs implements AsyncIterable<SynthesisOutput> {
  readonly #queue: SynthesisOutput[] = [];
  #state: Settled = { kind: "open" };
  #wake: () => void = () => {};

  accept(report: WorkerReport): void {
    switch (report.kind) {
      case "audio":
        this.#queue.push({ kind: "audio", bytes: report.bytes });
        break;
      case "events":
        this.#queue.push(...report.events);
        break;
      case "end":
        this.#queue.push({ kind: "end", durationMs: report.durationMs });
        this.#state = { kind: "ended" };
        break;
      case "failed":
        this.#state = { kind: "failed", error: new Error(report.message) };
        break;
    }
    this.#wake();
  }

  /** Ends the iteration at once, with what is queued unread. */
  fail(error: unknown): void {
    this.#queue.length = 0;
    this.#state = { kind: "failed", error };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SynthesisOutput, void> {
    for (;;) {
      const next = this.#queue.shift();
      if (next !== undefined) {
        yield next;
      } else if (this.#state.kind === "failed") {
        throw this.#state.error;
      } else if (this.#state.kind === "ended") {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
