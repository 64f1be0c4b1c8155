const MULAW_BIAS = 0x84;
const MULAW_CLIP = 32_635;

/** One sample of 16 bit as one byte of mu-law. @see ITU-T G.711 */
export function encodeMulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), MULAW_CLIP) + MULAW_BIAS;
  const exponent = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** One sample of 16 bit as one byte of A-law. @see ITU-T G.711 */
export function encodeAlaw(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = (sample < 0 ? ~sample : sample) >> 3;
  const segment = Math.max(0, 27 - Math.clz32(magnitude));
  const mantissa = (magnitude >> Math.max(1, segment)) & 0x0f;
  return (sign | (segment << 4) | mantissa) ^ 0x55;
}
