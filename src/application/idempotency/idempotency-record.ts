import type { CollectionDefinition, DocumentCollection } from "../ports/documents.ts";

/** An answer that is kept, so that a repetition of its request gets it again. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of the first request with an idempotency key. */
export interface IdempotencyRecord {
  /** Hash of operation and key. */
  readonly id: string;
  /** The principal's id. */
  readonly partition: string;
  readonly createdAt: string;
  /** SHA-256 of the first request's body, hexadecimal; null while it is running. */
  readonly bodySha256: string | null;
  /** Null while the first request is running. */
  readonly answer: KeptAnswer | null;
}

const LIFETIME_SECONDS = 24 * 60 * 60;

/** Partitioned by principal; a record is kept for a day. */
export const IDEMPOTENCY_RECORDS: CollectionDefinition = {
  name: "idempotency",
  defaultTimeToLiveSeconds: LIFETIME_SECONDS,
};

export type IdempotencyRecords = DocumentCollection<IdempotencyRecord>;
