import type { Command, UnnumberedCommand } from "./command.ts";
import { ShadowTask, type Outcome } from "./shadow-task.ts";

/** Gives out sequence ids, and finds the task again when the outcome for an id arrives. */
export class ShadowScheduler {
  #nextId = 0;
  /** The time of the replay, never of the wall clock. Milliseconds since the epoch. */
  #nowMs = 0;
  readonly #scheduled = new Map<number, Command>();
  readonly #open = new Map<number, ShadowTask>();

  /** How many ids are given out. */
  get sequence(): number {
    return this.#nextId;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  moveTo(timeMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, timeMs);
  }

  schedule(command: UnnumberedCommand): ShadowTask {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#scheduled.set(id, { ...command, id });
    const task = new ShadowTask();
    this.#open.set(id, task);
    return task;
  }

  timer(fireAtMs: number): ShadowTask {
    return this.schedule({ kind: "timer", fireAtMs });
  }

  settle(id: number, outcome: Outcome): void {
    const task = this.#open.get(id);
    this.#open.delete(id);
    task?.settle(outcome);
  }

  /** What was scheduled under `id` and is not in the history so far. */
  takeScheduled(id: number): Command | undefined {
    const command = this.#scheduled.get(id);
    this.#scheduled.delete(id);
    return command;
  }

  /** All that is not in the history so far, ordered by id. */
  takeAllScheduled(): Command[] {
    const commands = [...this.#scheduled.values()];
    this.#scheduled.clear();
    return commands;
  }
}
