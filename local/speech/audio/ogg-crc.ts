const POLYNOMIAL = 0x04c11db7;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1;
  }
  return value;
});

/** The checksum of an Ogg page: not reflected, so that it is not the CRC-32 of zlib. */
export function crc32Ogg(bytes: Uint8Array): number {
  let checksum = 0;
  for (const byte of bytes) {
    checksum = (checksum << 8) ^ (TABLE[(checksum >>> 24) ^ byte] ?? 0);
  }
  return checksum >>> 0;
}
