/**
 * Joins the audio of consecutive syntheses into one gap-free file while it streams through. One joiner serves one file:
 * any number of `push` and one `endPart` per part, then `finish`.
 */
export interface AudioJoiner {
  /** @returns the bytes of the file that this chunk completes; they may share memory with the chunk. */
  push(chunk: Uint8Array): Uint8Array;
  /** @returns what was held back because the part could have gone on. */
  endPart(): Uint8Array;
  /** @returns the closing bytes of the file. */
  finish(): Uint8Array;
  /** Exact length of all that was pushed. */
  readonly durationMs: number;
}

export const NO_BYTES = new Uint8Array(0);

export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) {
    return first;
  }
  const joined = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}
