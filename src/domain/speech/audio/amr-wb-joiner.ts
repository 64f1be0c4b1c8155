import { type AudioJoiner, concatBytes, NO_BYTES } from "./audio-joiner.ts";

const MAGIC = Uint8Array.from("#!AMR-WB\n", (character) => character.charCodeAt(0));
const FRAME_MS = 20;

/** Bytes of a frame without its header byte, by frame type. @see RFC 4867, table 2 and 3GPP TS 26.201 */
const FRAME_BYTES = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0];

/** Joins AMR-WB frame by frame; only the first part keeps its magic number. */
export function amrWbJoiner(): AudioJoiner {
  let rest = NO_BYTES;
  let isFileStart = true;
  let isPartStart = true;
  let frames = 0;
  return {
    push(chunk) {
      const input = rest.length === 0 ? chunk : concatBytes([rest, chunk]);
      if (isPartStart && input.length < MAGIC.length) {
        rest = input.slice();
        return NO_BYTES;
      }
      const from = isPartStart && startsWithMagic(input) ? MAGIC.length : 0;
      isPartStart = false;
      let end = from;
      for (let size = frameBytes(input, end); end + size <= input.length; size = frameBytes(input, end)) {
        end += size;
        frames++;
      }
      rest = input.slice(end);
      const body = input.subarray(from, end);
      const out = isFileStart ? concatBytes([MAGIC, body]) : body;
      isFileStart = false;
      return out;
    },
    endPart() {
      rest = NO_BYTES;
      isPartStart = true;
      return NO_BYTES;
    },
    finish: () => NO_BYTES,
    get durationMs() {
      return frames * FRAME_MS;
    },
  };
}

/** Infinity past the end of the input. */
function frameBytes(input: Uint8Array, offset: number): number {
  const header = input[offset];
  return header === undefined ? Infinity : 1 + (FRAME_BYTES[(header >> 3) & 15] ?? 0);
}

function startsWithMagic(input: Uint8Array): boolean {
  return MAGIC.every((byte, index) => input[index] === byte);
}
