import type { Clock } from "../../application/ports/clock.ts";
import type { LogAttributes, Logger, LogLevel } from "../../application/ports/logger.ts";
import { redacted } from "./redact.ts";

const SEVERITY: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warning: 2, error: 3 };

export interface JsonLoggerOptions {
  /** Least level that is written. */
  readonly level: LogLevel;
  /** Takes one line of JSON, without its line break. */
  readonly write: (line: string) => void;
  readonly clock: Clock;
}

/** Writes every entry as one line of JSON, free of secrets. */
export class JsonLogger implements Logger {
  readonly #options: JsonLoggerOptions;
  readonly #attributes: LogAttributes;

  constructor(options: JsonLoggerOptions, attributes: LogAttributes = {}) {
    this.#options = options;
    this.#attributes = attributes;
  }

  log(level: LogLevel, message: string, attributes: LogAttributes = {}): void {
    if (SEVERITY[level] < SEVERITY[this.#options.level]) {
      return;
    }
    const entry: Record<string, unknown> = {
      timestamp: this.#options.clock.now().toISOString(),
      level,
      message,
    };
    for (const [name, value] of Object.entries({ ...this.#attributes, ...attributes })) {
      if (!Object.hasOwn(entry, name)) {
        entry[name] = typeof value === "string" ? redacted(name, value) : value;
      }
    }
    this.#options.write(JSON.stringify(entry));
  }

  with(attributes: LogAttributes): Logger {
    return new JsonLogger(this.#options, { ...this.#attributes, ...attributes });
  }
}
