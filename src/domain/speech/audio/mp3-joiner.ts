import { type AudioJoiner, concatBytes, NO_BYTES } from "./audio-joiner.ts";
import { type Mp3Frame, mp3FrameAt } from "./mp3-frame.ts";

const ID3V2_HEADER_BYTES = 10;
const TAG_NAMES = ["Xing", "Info", "VBRI"];

/** Tags of VBRI frames stand at a fixed place. */
const VBRI_OFFSET = 36;

/**
 * Joins MP3 frame by frame. ID3 tags and the Xing, Info and VBRI frames of every part are left out: they describe that
 * part alone, and players would take the first one's length for the whole file's.
 */
export function mp3Joiner(): AudioJoiner {
  let rest = NO_BYTES;
  let samples = 0;
  let sampleRateHz = 1;
  const count = (frame: Mp3Frame): void => {
    samples += frame.samples;
    sampleRateHz = frame.sampleRateHz;
  };
  return {
    push(chunk) {
      const { frames, restFrom, input } = splitFrames(rest, chunk, count);
      rest = input.slice(restFrom);
      return frames;
    },
    endPart() {
      rest = NO_BYTES;
      return NO_BYTES;
    },
    finish: () => NO_BYTES,
    get durationMs() {
      return (samples * 1_000) / sampleRateHz;
    },
  };
}

function splitFrames(rest: Uint8Array, chunk: Uint8Array, count: (frame: Mp3Frame) => void) {
  const input = rest.length === 0 ? chunk : concatBytes([rest, chunk]);
  const pieces: Uint8Array[] = [];
  let offset = 0;
  let keptFrom = 0;
  const keepUpTo = (end: number): void => {
    if (end > keptFrom) {
      pieces.push(input.subarray(keptFrom, end));
    }
  };
  while (offset + ID3V2_HEADER_BYTES <= input.length) {
    const frame = mp3FrameAt(input, offset);
    const sizeBytes = frame?.sizeBytes ?? foreignBytes(input, offset);
    if (offset + sizeBytes > input.length) {
      break;
    }
    if (frame === undefined || isTagFrame(input, offset, frame)) {
      keepUpTo(offset);
      keptFrom = offset + sizeBytes;
    } else {
      count(frame);
    }
    offset += sizeBytes;
  }
  keepUpTo(offset);
  return { frames: concatBytes(pieces), restFrom: offset, input };
}

/** The size of an ID3v2 tag, or the distance to the next possible frame. */
function foreignBytes(input: Uint8Array, offset: number): number {
  if (latin1(input, offset, 3) === "ID3") {
    const [a = 0, b = 0, c = 0, d = 0] = input.subarray(offset + 6, offset + ID3V2_HEADER_BYTES);
    return ID3V2_HEADER_BYTES + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127);
  }
  const next = input.indexOf(0xff, offset + 1);
  return next === -1 ? input.length - offset : next - offset;
}

function isTagFrame(input: Uint8Array, offset: number, frame: Mp3Frame): boolean {
  return (
    TAG_NAMES.includes(latin1(input, offset + frame.tagOffset, 4)) ||
    latin1(input, offset + VBRI_OFFSET, 4) === "VBRI"
  );
}

function latin1(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}
