/** Opus always counts its positions at this rate. */
export const OPUS_CLOCK_HZ = 48_000;

export interface OpusStreamInfo {
  /** Of what was encoded; a player decodes at any rate. */
  readonly sampleRateHz: number;
  /** Samples at {@link OPUS_CLOCK_HZ} that a player drops at the start. */
  readonly preSkip: number;
}

/** Puts packets into a container as they come. */
export interface OpusMuxer {
  /** @param packetSamples length of each packet at {@link OPUS_CLOCK_HZ}. */
  write(packets: readonly Uint8Array[], packetSamples: number): Uint8Array;
  /** @param totalCount samples at {@link OPUS_CLOCK_HZ} that are to be heard. */
  finish(totalCount: number): Uint8Array;
}
