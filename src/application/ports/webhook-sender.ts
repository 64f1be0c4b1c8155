export interface WebhookMessage {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  readonly sentAt: Date;
  /** Each one signs. */
  readonly secrets: readonly string[];
}

/** Sends notifications. @see https://www.standardwebhooks.com */
export interface WebhookSender {
  /** @returns a new secret. */
  newSecret(): string;

  /**
   * Sends once and follows no redirect.
   *
   * @returns the status of the answer.
   * @throws {@link ServiceError} `webhook-target-refused` for an address that must not be called; `webhook-unreachable`
   * (retryable) without an answer.
   */
  send(message: WebhookMessage): Promise<number>;
}
