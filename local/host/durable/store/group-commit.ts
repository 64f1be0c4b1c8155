import type { DatabaseSync } from "node:sqlite";

interface Job {
  readonly run: () => void;
  readonly reject: (error: unknown) => void;
  readonly resolve: () => void;
}

/** Moments at which a process may die. */
export interface CommitObserver {
  beforeCommit(): void;
  afterCommit(): void;
}

/**
 * Runs pieces of work in transactions of the database: all that are submitted within one tick of the event loop share
 * one transaction. A promise resolves when the piece is durable.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #observer: CommitObserver;
  #jobs: Job[] = [];
  #isClosed = false;

  constructor(database: DatabaseSync, observer: CommitObserver) {
    this.#database = database;
    this.#observer = observer;
  }

  get isIdle(): boolean {
    return this.#jobs.length === 0;
  }

  /**
   * `work` is synchronous, touches the database only and may run twice when a neighbour in its transaction fails.
   * Never settles once the store is closed.
   */
  async submit<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      let result: Result;
      const run = (): void => {
        result = work();
      };
      const job: Job = {
        run,
        reject,
        resolve: () => {
          resolve(result);
        },
      };
      if (this.#jobs.push(job) === 1) {
        setImmediate(() => {
          this.flush();
        });
      }
    });
  }

  flush(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    if (this.#isClosed || jobs.length === 0) {
      return;
    }
    try {
      this.#commit(jobs);
    } catch (error) {
      this.#commitAlone(jobs, error);
    }
  }

  /** What was not flushed is lost. */
  close(): void {
    this.#isClosed = true;
    this.#jobs = [];
  }

  #commitAlone(jobs: readonly Job[], error: unknown): void {
    if (jobs.length === 1) {
      jobs.forEach(({ reject }) => {
        reject(error);
      });
      return;
    }
    for (const job of jobs) {
      try {
        this.#commit([job]);
      } catch (reason) {
        job.reject(reason);
      }
    }
  }

  #commit(jobs: readonly Job[]): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      for (const { run } of jobs) {
        run();
      }
      this.#observer.beforeCommit();
      if (this.#isClosed) {
        return;
      }
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
    this.#observer.afterCommit();
    if (!this.#isClosed) {
      for (const { resolve } of jobs) {
        resolve();
      }
    }
  }
}
