/** Turns PCM at the rate of its format into the bytes of one audio file or stream. */
export interface AudioEncoder {
  encode(samples: Int16Array): Uint8Array;
  /** The last bytes; the encoder is of no use afterwards. */
  finish(): Uint8Array;
  /** Gives back what an encoder holds that will not finish. */
  release(): void;
}
