export interface RunningHash {
  readonly update: (data: Uint8Array) => void;
  /** @returns 64 lower-case hexadecimal digits; ends the hash. */
  hex(): string;
}

export interface Hasher {
  /** @returns 64 lower-case hexadecimal digits. */
  sha256Hex(data: Uint8Array | string): string;
  /** For data that comes in pieces. */
  sha256(): RunningHash;
}
