export const hostErrorCodes = [
  "app-invalid",
  "app-not-loaded",
  "function-failed",
  "function-invalid",
  "function-unsupported",
  "library-duplicated",
  "library-loaded-early",
  "no-functions",
  "port-in-use",
  "second-app",
  "setting-missing",
  "settings-invalid",
  "timer-invalid",
] as const;

export type HostErrorCode = (typeof hostErrorCodes)[number];

/** Why an app does not start. The message says what to change. */
export class HostError extends Error {
  override readonly name = "HostError";
  readonly code: HostErrorCode;

  constructor(code: HostErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
