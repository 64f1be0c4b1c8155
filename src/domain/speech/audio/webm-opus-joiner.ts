import { ServiceError } from "../../errors/service-error.ts";
import { type AudioJoiner, concatBytes, NO_BYTES } from "./audio-joiner.ts";
import { EBML_ID, ebmlHeaderAt, vintBytes } from "./ebml.ts";
import { OPUS_RATE_HZ, opusPacketSamples } from "./opus-packet.ts";
import { webmCluster, webmStart } from "./webm-file.ts";

const SAMPLES_PER_MS = OPUS_RATE_HZ / 1_000;

/** Times inside a cluster are 16-bit and signed. */
const MAX_CLUSTER_MS = 30_000;

/** Elements whose children are read one by one. */
const OPENED: readonly number[] = [EBML_ID.segment, EBML_ID.cluster, EBML_ID.blockGroup];

/** Joins WebM by taking the Opus packets out of every part and writing them into clusters of one file. */
export function webmOpusJoiner(): AudioJoiner {
  let rest = NO_BYTES;
  let isStarted = false;
  let samples = 0;
  let preSkip = 0;

  const started = (tracks: Uint8Array): Uint8Array => {
    if (isStarted) {
      return NO_BYTES;
    }
    isStarted = true;
    preSkip = preSkipOf(tracks);
    return webmStart(tracks);
  };
  const clusters = (packets: readonly Uint8Array[]): readonly Uint8Array[] => {
    const groups: { startMs: number; blocks: { offsetMs: number; frame: Uint8Array }[] }[] = [];
    for (const frame of packets) {
      const timeMs = Math.round(samples / SAMPLES_PER_MS);
      let group = groups.at(-1);
      if (group === undefined || timeMs - group.startMs > MAX_CLUSTER_MS) {
        group = { startMs: timeMs, blocks: [] };
        groups.push(group);
      }
      group.blocks.push({ offsetMs: timeMs - group.startMs, frame });
      samples += opusPacketSamples(frame);
    }
    return groups.map(({ startMs, blocks }) => webmCluster(startMs, blocks));
  };

  return {
    push(chunk) {
      const input = rest.length === 0 ? chunk : concatBytes([rest, chunk]);
      const { tracks, packets, readBytes } = readElements(input);
      rest = input.slice(readBytes);
      const start = tracks === undefined ? NO_BYTES : started(tracks);
      return concatBytes([start, ...clusters(packets)]);
    },
    endPart() {
      rest = NO_BYTES;
      return NO_BYTES;
    },
    finish: () => NO_BYTES,
    get durationMs() {
      return Math.max(0, samples - preSkip) / SAMPLES_PER_MS;
    },
  };
}

function readElements(input: Uint8Array) {
  const packets: Uint8Array[] = [];
  let tracks: Uint8Array | undefined;
  let offset = 0;
  for (let header = ebmlHeaderAt(input, 0); header !== undefined; header = ebmlHeaderAt(input, offset)) {
    const { id, headerBytes, sizeBytes } = header;
    const isOpened = OPENED.includes(id);
    const end = offset + headerBytes + (isOpened ? 0 : sizeBytes);
    if (end > input.length) {
      break;
    }
    if (id === EBML_ID.tracks) {
      tracks = input.slice(offset, end);
    } else if (id === EBML_ID.simpleBlock || id === EBML_ID.block) {
      packets.push(packetOf(input.subarray(offset + headerBytes, end)));
    }
    offset = end;
  }
  return { tracks, packets, readBytes: offset };
}

/** @throws {@link ServiceError} `internal-error` for lacing, which no Opus writer uses for speech. */
function packetOf(block: Uint8Array): Uint8Array {
  const headerBytes = vintBytes(block[0]) + 3;
  const lacing = (block[headerBytes - 1] ?? 0) & 0x06;
  if (lacing !== 0) {
    throw new ServiceError(
      "internal-error",
      "The speech service sends WebM with lacing, which cannot be joined.",
    );
  }
  return block.slice(headerBytes);
}

/** Pre-skip of the `OpusHead` in the codec's private data, in samples of 48 kHz. */
function preSkipOf(tracks: Uint8Array): number {
  const name = "OpusHead";
  for (let at = tracks.indexOf(0x4f); at !== -1; at = tracks.indexOf(0x4f, at + 1)) {
    if (String.fromCharCode(...tracks.subarray(at, at + name.length)) === name) {
      return (tracks[at + 10] ?? 0) + (tracks[at + 11] ?? 0) * 256;
    }
  }
  return 0;
}
