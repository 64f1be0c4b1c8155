/** Which budget a request is counted against. */
export const LIMIT_CLASSES = ["default", "synthesis", "training"] as const;
export type LimitClass = (typeof LIMIT_CLASSES)[number];

/** Whose budget it is: a principal's, or an address's for requests without one. */
export interface LimitSubject {
  readonly kind: "principal" | "address";
  readonly id: string;
}

export interface RequestLimiter {
  /**
   * Counts one request.
   *
   * @returns the headers that tell the client its budget.
   * @throws {@link ServiceError} `rate-limited` with `retryAfterSeconds` when the budget is used up.
   */
  take(subject: LimitSubject, limitClass: LimitClass): Promise<Readonly<Record<string, string>>>;
}
