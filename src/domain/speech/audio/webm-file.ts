import { concatBytes } from "./audio-joiner.ts";
import { bytesOf, EBML_ID, ebmlElement, openElement, SIZE_BYTES, sizeOf } from "./ebml.ts";

const NANOSECONDS_PER_MS = 1_000_000;
const APP_NAME = ascii("azure-voice-cloning-api");

/** Holds the place of the duration; both elements are 11 bytes long. */
const DURATION_PLACE = Uint8Array.from([EBML_ID.void, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

const EBML_HEADER = ebmlElement(
  EBML_ID.ebml,
  concatBytes([
    ebmlElement(0x4286, bytesOf(1)),
    ebmlElement(0x42f7, bytesOf(1)),
    ebmlElement(0x42f2, bytesOf(4)),
    ebmlElement(0x42f3, bytesOf(8)),
    ebmlElement(0x4282, ascii("webm")),
    ebmlElement(0x4287, bytesOf(4)),
    ebmlElement(0x4285, bytesOf(2)),
  ]),
);

const BEFORE_INFO = concatBytes([EBML_HEADER, openElement(EBML_ID.segment)]);

/** All that stands before the first cluster. @param tracks the whole `Tracks` element. */
export function webmStart(tracks: Uint8Array): Uint8Array {
  const info = ebmlElement(
    EBML_ID.info,
    concatBytes([
      DURATION_PLACE,
      ebmlElement(EBML_ID.timestampScale, bytesOf(NANOSECONDS_PER_MS)),
      ebmlElement(EBML_ID.muxingApp, APP_NAME),
      ebmlElement(EBML_ID.writingApp, APP_NAME),
    ]),
  );
  return concatBytes([BEFORE_INFO, info, tracks]);
}

/** Writes the size of the segment and the duration into a file that begins with {@link webmStart}. */
export function sealWebm(
  start: Uint8Array,
  { sizeBytes, durationMs }: { readonly sizeBytes: number; readonly durationMs: number },
): void {
  const durationOffset = BEFORE_INFO.length + bytesOf(EBML_ID.info).length + 4;
  if (start.length < durationOffset + DURATION_PLACE.length) {
    return;
  }
  start.set(sizeOf(sizeBytes - BEFORE_INFO.length), BEFORE_INFO.length - SIZE_BYTES);
  const view = new DataView(start.buffer, start.byteOffset + durationOffset);
  view.setUint16(0, EBML_ID.duration);
  view.setUint8(2, 0x88);
  view.setFloat64(3, durationMs);
}

/** @param blocks frames of track 1 with their time from the cluster's start, below 32 s. */
export function webmCluster(
  startMs: number,
  blocks: readonly { readonly offsetMs: number; readonly frame: Uint8Array }[],
): Uint8Array {
  const children = blocks.map(({ offsetMs, frame }) => {
    const isKeyframe = 0x80;
    const head = Uint8Array.from([0x81, offsetMs >> 8, offsetMs & 0xff, isKeyframe]);
    return ebmlElement(EBML_ID.simpleBlock, concatBytes([head, frame]));
  });
  const timestamp = ebmlElement(EBML_ID.timestamp, bytesOf(startMs));
  return ebmlElement(EBML_ID.cluster, concatBytes([timestamp, ...children]));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
