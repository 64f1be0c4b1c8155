/** What a request changed in the store. */
export interface DocumentChangeRecord {
  readonly collection: string;
  readonly id: string;
  /** SHA-256 of the document before and after, hexadecimal; null where there was or is none, or nobody read it. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What the changed documents do not tell of a write: neither personal data nor texts. */
export type AuditDetails = Readonly<Record<string, string | number | boolean>>;

/** The request that is being answered. */
export interface ActiveCall {
  readonly requestId: string;
  readonly traceparent: string;
  readonly operation: string;
  /** Hashes of single documents read so far, by collection, partition and id. */
  readonly knownHashes: Map<string, string>;
  /** The first hundred; `changeCount` counts all. */
  readonly changes: DocumentChangeRecord[];
  changeCount: number;
}

/** Knows, anywhere below a handler, which request the work is for. */
export interface ActiveCalls {
  run<T>(call: ActiveCall, work: () => Promise<T>): Promise<T>;
  /** @returns undefined outside requests: in orchestrations, timers, and streams that outlive their handler. */
  current(): ActiveCall | undefined;
}
