export interface RefusalOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** The single errors below a summary, as custom voice answers them. */
  readonly details?: readonly { readonly code: string; readonly target: string; readonly message: string }[];
}

/** A request that a stand-in answers with an error. Each stand-in writes it in the shape of its service. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: RefusalOptions["details"];

  constructor(
    reason: { readonly status: number; readonly code: string },
    message: string,
    options: RefusalOptions = {},
  ) {
    super(message);
    this.status = reason.status;
    this.code = reason.code;
    this.headers = options.headers ?? {};
    this.details = options.details;
  }
}
