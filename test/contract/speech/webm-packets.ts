const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_HEADER_SIZE_BYTES = 4;

/** The packets of the only track of a WebM stream whose segment is the only element of unknown size. */
export function webmPackets(bytes: Uint8Array): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const id = readId(bytes, offset);
    const size = readSize(bytes, offset + id.length);
    const bodyStart = offset + id.length + size.length;
    if (id.value === SIMPLE_BLOCK) {
      packets.push(bytes.subarray(bodyStart + BLOCK_HEADER_SIZE_BYTES, bodyStart + size.value));
    }
    const isEntered = id.value === SEGMENT || id.value === CLUSTER;
    offset = isEntered ? bodyStart : bodyStart + size.value;
  }
  return packets;
}

interface Read {
  readonly value: number;
  readonly length: number;
}

function readId(bytes: Uint8Array, offset: number): Read {
  const length = Math.clz32(bytes[offset] ?? 0) - 23;
  return { value: unsigned(bytes.subarray(offset, offset + length)), length };
}

function readSize(bytes: Uint8Array, offset: number): Read {
  const first = bytes[offset] ?? 0;
  const length = Math.clz32(first) - 23;
  const rest = unsigned(bytes.subarray(offset + 1, offset + length));
  return { value: (first & (0xff >> length)) * 256 ** (length - 1) + rest, length };
}

function unsigned(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
