import type {
  BatchSynthesisJob,
  BatchSynthesisResults,
  BatchSynthesisService,
  BatchSynthesisState,
} from "../../src/application/ports/batch-synthesis.ts";
import { ServiceError } from "../../src/domain/errors/service-error.ts";

/** Samples of 16 bit. */
const AUDIO = new Uint8Array(480);

/** A batch synthesis that has spoken at the second look; documents that hold `refused` are refused. */
export class MemoryBatchSynthesis implements BatchSynthesisService {
  /** Made since the beginning. */
  readonly made: BatchSynthesisJob[] = [];
  /** What is still there. */
  readonly jobs = new Map<string, BatchSynthesisJob>();
  /** `{method} {id}`. */
  readonly calls: string[] = [];
  /** Asked at every call, with its place among all; throws to make it fail. */
  onCall: (call: string, index: number) => void = () => undefined;
  /** Of a job at the second look. */
  end: BatchSynthesisState = { state: "succeeded" };
  readonly #looks = new Map<string, number>();

  async create(job: BatchSynthesisJob): Promise<void> {
    this.#call("create", job.id);
    if (!this.jobs.has(job.id)) {
      this.made.push(job);
      this.jobs.set(job.id, job);
    }
  }

  async state(id: string): Promise<BatchSynthesisState> {
    this.#call("state", id);
    const looks = (this.#looks.get(id) ?? 0) + 1;
    this.#looks.set(id, looks);
    return looks === 1 ? { state: "running" } : this.end;
  }

  async results(id: string): Promise<BatchSynthesisResults> {
    this.#call("results", id);
    const job = this.jobs.get(id);
    if (job === undefined) {
      throw new ServiceError("speech-unavailable", "There are no results.");
    }
    return {
      outcomes: job.documents.map((document) =>
        document.includes("refused")
          ? { kind: "refused", reason: "It says no." }
          : { kind: "spoken", durationMs: 10 },
      ),
      audio: async () => new Blob([AUDIO]).stream(),
      words: async () => [{ text: "one", startMs: 0, durationMs: 5 }],
    };
  }

  async delete(id: string): Promise<void> {
    this.#call("delete", id);
    this.jobs.delete(id);
  }

  #call(method: string, id: string): void {
    const call = `${method} ${id}`;
    this.calls.push(call);
    this.onCall(call, this.calls.length - 1);
  }
}
