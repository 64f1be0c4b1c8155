import type { LogAttributes, Logger, LogLevel } from "../../src/application/ports/logger.ts";

export interface RecordedLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly attributes: LogAttributes;
}

/** Keeps every line it is given. */
export function recordingLogger(): Logger & { readonly lines: readonly RecordedLine[] } {
  const lines: RecordedLine[] = [];
  const make = (fixed: LogAttributes): Logger => ({
    log: (level, message, attributes = {}) => {
      lines.push({ level, message, attributes: { ...fixed, ...attributes } });
    },
    with: (attributes) => make({ ...fixed, ...attributes }),
  });
  return { ...make({}), lines };
}
