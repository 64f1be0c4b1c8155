export interface LineWriterOptions {
  /** Takes text that ends with a line break. */
  readonly write: (text: string) => void;
  /** Runs a task when the work at hand is done. */
  readonly defer: (task: () => void) => void;
}

/** Waiting lines that are written at once, so that a flood does not fill the memory. */
const MAX_WAITING = 500;

/**
 * Writes lines together when the work at hand is done. Output into a pipe blocks Node until the reader takes it, and
 * every request has a line that would otherwise leave before its answer.
 */
export class LineWriter {
  readonly #options: LineWriterOptions;
  #waiting: string[] = [];

  constructor(options: LineWriterOptions) {
    this.#options = options;
  }

  add(line: string): void {
    this.#waiting.push(line);
    if (this.#waiting.length === 1) {
      this.#options.defer(() => this.flush());
    } else if (this.#waiting.length >= MAX_WAITING) {
      this.flush();
    }
  }

  /** Writes what waits: also for the end of the process. */
  flush(): void {
    if (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      this.#options.write(`${lines.join("\n")}\n`);
    }
  }
}
