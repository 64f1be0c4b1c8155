/** Opus counts time in samples of 48 kHz, whatever rate was encoded. */
export const OPUS_RATE_HZ = 48_000;

const SILK_FRAME_MS = [10, 20, 40, 60];
const HYBRID_FRAME_MS = [10, 20];
const CELT_FRAME_MS = [2.5, 5, 10, 20];

/**
 * Length of a packet in samples of 48 kHz, from its first two bytes.
 *
 * @see RFC 6716, section 3.1
 */
export function opusPacketSamples(packet: Uint8Array): number {
  const [toc = 0, second = 0] = packet;
  return (frameMs(toc >> 3) * frameCount(toc & 3, second) * OPUS_RATE_HZ) / 1_000;
}

function frameMs(config: number): number {
  if (config < 12) {
    return SILK_FRAME_MS[config & 3] ?? 20;
  }
  return (config < 16 ? HYBRID_FRAME_MS[config & 1] : CELT_FRAME_MS[config & 3]) ?? 20;
}

function frameCount(code: number, second: number): number {
  if (code === 0) {
    return 1;
  }
  return code === 3 ? second & 63 : 2;
}
