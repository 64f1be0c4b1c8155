import type { LimitClass } from "../ports/request-limiter.ts";

export interface LimitState {
  readonly limitClass: LimitClass;
  /** Requests per window that are in effect. */
  readonly limit: number;
  readonly remaining: number;
  readonly windowSeconds: number;
  readonly resetSeconds: number;
}

/** @see draft-ietf-httpapi-ratelimit-headers-10 */
export function limitHeaders(state: LimitState): Readonly<Record<string, string>> {
  return {
    "ratelimit-policy": `"${state.limitClass}";q=${state.limit};w=${state.windowSeconds}`,
    ratelimit: `"${state.limitClass}";r=${state.remaining};t=${state.resetSeconds}`,
  };
}
