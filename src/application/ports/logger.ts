export type LogLevel = "debug" | "info" | "warning" | "error";

/** Values are plain; never spoken text, a transcript, a token, a secret or a name of a person. */
export type LogAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  /** @param message a constant string; what varies goes into `attributes`. */
  log(level: LogLevel, message: string, attributes?: LogAttributes): void;
  /** A logger whose lines carry these attributes as well. */
  with(attributes: LogAttributes): Logger;
}
