/** Bits per second in thousands, by header index, of MPEG-1 and of MPEG-2/2.5 layer III. */
const BITRATES_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** By version bits (0 = MPEG-2.5, 2 = MPEG-2, 3 = MPEG-1) and rate bits. */
const SAMPLE_RATES_HZ: Readonly<Record<number, readonly number[]>> = {
  0: [11_025, 12_000, 8_000],
  2: [22_050, 24_000, 16_000],
  3: [44_100, 48_000, 32_000],
};

const MP3_HEADER_BYTES = 4;

export interface Mp3Frame {
  readonly sizeBytes: number;
  readonly samples: number;
  readonly sampleRateHz: number;
  /** Where a Xing, Info or VBRI tag stands if the frame holds no audio but such a tag. */
  readonly tagOffset: number;
}

/**
 * Reads the header of a layer III frame.
 *
 * @returns undefined when there is no frame at the offset.
 * @see ISO/IEC 11172-3, 2.4.2.3
 */
export function mp3FrameAt(bytes: Uint8Array, offset: number): Mp3Frame | undefined {
  const byteAt = (index: number): number => bytes[offset + index] ?? 0;
  const versionAndLayer = byteAt(1);
  const rates = byteAt(2);
  const version = (versionAndLayer >> 3) & 3;
  const isLayer3 = (versionAndLayer & 0xe6) === 0xe2;
  const sampleRateHz = SAMPLE_RATES_HZ[version]?.[(rates >> 2) & 3] ?? 0;
  const kbps = (version === 3 ? BITRATES_V1 : BITRATES_V2)[rates >> 4] ?? 0;
  if (byteAt(0) !== 0xff || !isLayer3 || sampleRateHz * kbps === 0) {
    return undefined;
  }
  const samples = version === 3 ? 1152 : 576;
  const padding = (rates >> 1) & 1;
  return {
    sizeBytes: Math.floor((samples * kbps * 125) / sampleRateHz) + padding,
    samples,
    sampleRateHz,
    tagOffset: MP3_HEADER_BYTES + sideInformationBytes(version === 3, byteAt(3) >> 6 === 3),
  };
}

function sideInformationBytes(isVersion1: boolean, isMono: boolean): number {
  if (isVersion1) {
    return isMono ? 17 : 32;
  }
  return isMono ? 9 : 17;
}
