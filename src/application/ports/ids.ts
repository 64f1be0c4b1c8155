export interface Ids {
  /** @returns `{prefix}_{ULID}`, for example `voice_01J9ZQ3M8K6T4R2W0V5XNBHC7D`; later ids sort after earlier ones. */
  next(prefix: string): string;
  /** @returns a random UUID in lower case. */
  uuid(): string;
}
