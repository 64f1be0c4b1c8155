import { type ErrorCode, errorCatalog } from "./catalog.ts";

/** One thing wrong with one field of a request. */
export interface FieldError {
  /** Path of the field, for example `items[3].text`. */
  readonly field: string;
  readonly message: string;
}

export interface ServiceErrorOptions {
  /** Identifiers, limits and offsets a client may see. Never a secret, never spoken text. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  readonly errors?: readonly FieldError[];
  /** Replaces the recovery steps of the code's row where this failure knows better ones. */
  readonly recovery?: readonly string[];
  /** After how many seconds the same request may succeed. */
  readonly retryAfterSeconds?: number;
  /** Header fields that HTTP demands with this failure, for example `allow` with a 405. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The only error this code base throws on purpose. Anything else is a bug and answers 500. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string | number | boolean>>;
  readonly errors: readonly FieldError[];
  readonly recovery: readonly string[];
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** @param message for people; it names ids, limits and fields, never spoken text. */
  constructor(code: ErrorCode, message: string, options: ServiceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    this.errors = options.errors ?? [];
    this.recovery = options.recovery ?? errorCatalog[code].recovery;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.headers = options.headers ?? {};
  }

  get retryable(): boolean {
    return errorCatalog[this.code].retryable;
  }
}
