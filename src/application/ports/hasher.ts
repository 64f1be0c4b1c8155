export interface Hasher {
  /** @returns 64 lower-case hexadecimal digits. */
  sha256Hex(data: Uint8Array | string): string;
}
