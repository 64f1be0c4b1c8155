import { z } from "zod";
import type { HostClock } from "../../host/clock.ts";
import type { Collection, ResourceStore } from "./store.ts";

const operationSchema = z.object({
  id: z.string(),
  status: z.enum(["NotStarted", "Running", "Succeeded", "Failed"]),
  /** Digest of the request that began it. */
  fingerprint: z.string(),
});

const workSchema = z.object({
  /** The operation it belongs to. */
  id: z.string(),
  task: z.string(),
  resourceId: z.string(),
  /** Kind and id of the resource. */
  owner: z.string(),
  /** What the task needs beside the resource. */
  input: z.unknown().optional(),
  isRunning: z.boolean(),
  startsAtMs: z.number(),
  endsAtMs: z.number(),
});

export type Work = z.infer<typeof workSchema>;
type Operation = z.infer<typeof operationSchema>;

/** How a task ended. `apply` writes it down, in one transaction with the end of its operation. */
export interface Outcome {
  readonly status: "Succeeded" | "Failed";
  readonly apply: () => void;
}

export interface Task {
  /** Writes down that the work has begun. */
  begin(work: Work): void;
  /** May be asked again after a restart. What it does once the signal has aborted is forgotten. */
  finish(work: Work, signal: AbortSignal): Promise<Outcome>;
  /** Writes down that `finish` threw, which is a bug. */
  fail(work: Work): void;
}

export interface WorkRequest {
  readonly operationId: string;
  readonly fingerprint: string;
  readonly task: string;
  readonly resourceId: string;
  readonly owner: string;
  readonly input?: unknown;
  readonly durationMs: number;
}

/** Share of a task's time in which it is still `NotStarted`. */
const WAITING_SHARE = 0.1;

/** Work that takes time and survives a restart: it begins and ends when the clock says so. */
export class LongRunningWork {
  readonly #store: ResourceStore;
  readonly #clock: HostClock;
  readonly #work: Collection<Work>;
  readonly #operations: Collection<Operation>;
  readonly #tasks = new Map<string, Task>();
  readonly #timers = new Map<string, () => void>();
  readonly #finishing = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #onError: (error: unknown) => void;

  constructor(store: ResourceStore, clock: HostClock, onError: (error: unknown) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#onError = onError;
    this.#work = store.collection("work", workSchema);
    this.#operations = store.collection("operations", operationSchema);
  }

  define(name: string, task: Task): void {
    this.#tasks.set(name, task);
  }

  /** Goes on with what was pending when the process ended. Every task must be defined by then. */
  resume(): void {
    for (const work of this.#work.list()) {
      this.#schedule(work);
    }
  }

  operation(id: string): Operation | undefined {
    return this.#operations.get(id);
  }

  pending(task: string): readonly Work[] {
    return this.#work.list({ property: "task", value: task });
  }

  /** Call it inside the transaction that makes the resource. */
  add(request: WorkRequest): void {
    const { operationId, fingerprint, durationMs, task, resourceId, owner, input } = request;
    const nowMs = this.#clock.now();
    const work: Work = {
      id: operationId,
      task,
      resourceId,
      owner,
      input,
      isRunning: false,
      startsAtMs: nowMs + durationMs * WAITING_SHARE,
      endsAtMs: nowMs + durationMs,
    };
    this.#operations.put({ id: operationId, status: "NotStarted", fingerprint });
    this.#work.put(work);
    this.#schedule(work);
  }

  /** Ends the pending work on a resource as failed. Call it inside the transaction that deletes the resource. */
  cancel(owner: string): void {
    for (const work of this.#work.list({ property: "owner", value: owner })) {
      this.#unschedule(work.id);
      this.#end(work, "Failed");
    }
  }

  /** Resolves when nothing is being finished at this moment. */
  async settled(): Promise<void> {
    while (this.#finishing.size > 0) {
      await Promise.all(this.#finishing);
    }
  }

  /** Stops the timers and what is being finished. It stays written down as pending. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const id of this.#timers.keys()) {
      this.#unschedule(id);
    }
    await this.settled();
  }

  #schedule(work: Work): void {
    const dueMs = work.isRunning ? work.endsAtMs : work.startsAtMs;
    this.#timers.set(
      work.id,
      this.#clock.at(dueMs, () => this.#advance(work)),
    );
  }

  #unschedule(id: string): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  #advance(work: Work): void {
    this.#timers.delete(work.id);
    if (this.#work.get(work.id) === undefined) {
      return;
    }
    if (work.isRunning) {
      const finishing = this.#finish(work).finally(() => this.#finishing.delete(finishing));
      this.#finishing.add(finishing);
      return;
    }
    const running = { ...work, isRunning: true };
    this.#store.transaction(() => {
      this.#work.put(running);
      this.#setStatus(work.id, "Running");
      this.#task(work).begin(work);
    });
    this.#schedule(running);
  }

  async #finish(work: Work): Promise<void> {
    const outcome = await this.#outcome(work);
    if (this.#closing.signal.aborted) {
      return;
    }
    this.#store.transaction(() => {
      if (this.#work.get(work.id) !== undefined) {
        outcome.apply();
        this.#end(work, outcome.status);
      }
    });
  }

  async #outcome(work: Work): Promise<Outcome> {
    const task = this.#task(work);
    try {
      return await task.finish(work, this.#closing.signal);
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#onError(error);
      }
      return { status: "Failed", apply: () => task.fail(work) };
    }
  }

  #end(work: Work, status: Operation["status"]): void {
    this.#work.delete(work.id);
    this.#setStatus(work.id, status);
  }

  #setStatus(operationId: string, status: Operation["status"]): void {
    const operation = this.#operations.get(operationId);
    if (operation !== undefined) {
      this.#operations.put({ ...operation, status });
    }
  }

  #task(work: Work): Task {
    const task = this.#tasks.get(work.task);
    if (task === undefined) {
      throw new Error(`There is no task "${work.task}".`);
    }
    return task;
  }
}
