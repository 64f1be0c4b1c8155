export type DeliveryStatus = "pending" | "delivered" | "failed";

export interface DeliveryAttempt {
  readonly at: string;
  /** What the receiver answered; null when nothing came back. */
  readonly httpStatus: number | null;
  readonly error: string | null;
}

/** One notification, and how it went. */
export interface WebhookDelivery {
  /** Also the `webhook-id`, by which a receiver knows what it has had already. */
  readonly id: string;
  /** Id of the owner. */
  readonly partition: string;
  readonly createdAt: string;
  readonly url: string;
  readonly batchId: string;
  /** JSON, as it is signed and sent. */
  readonly body: string;
  readonly status: DeliveryStatus;
  readonly attempts: readonly DeliveryAttempt[];
  /** 1 at first; every replay is another one. */
  readonly round: number;
}

/** Signs what an owner is told. */
export interface WebhookSecret {
  readonly id: string;
  readonly partition: string;
  readonly createdAt: string;
  /** `whsec_` and 32 random bytes in base64. */
  readonly current: string;
  /** Signs beside the current one until then, so that receivers can change over. */
  readonly previous: { readonly secret: string; readonly until: string } | null;
}
