import { identification } from "./ogg-opus-muxer.ts";
import { OPUS_CLOCK_HZ } from "./opus-muxer.ts";
import type { OpusMuxer, OpusStreamInfo } from "./opus-muxer.ts";

const UNKNOWN_SIZE = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
const NANOSECONDS_PER_MS = 1_000_000;
/** What a decoder needs before a jump, by RFC 7845: 80 ms. */
const SEEK_PRE_ROLL_NS = 80 * NANOSECONDS_PER_MS;
const APPLICATION = "stand-in";
const NOTHING = new Uint8Array(0);

const Id = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  codecDelay: 0x56aa,
  seekPreRoll: 0x56bb,
  audio: 0xe1,
  samplingFrequency: 0xb5,
  channels: 0x9f,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

/** A live WebM stream: the size of the segment unknown, a cluster for each piece of audio, no index. @see https://www.rfc-editor.org/rfc/rfc9559 */
export function webmOpusMuxer(info: OpusStreamInfo): OpusMuxer {
  let positionMs = 0;
  let isStarted = false;
  return {
    write(packets, packetSamples) {
      const head = isStarted ? NOTHING : streamHeader(info);
      isStarted = true;
      const packetMs = (packetSamples * 1000) / OPUS_CLOCK_HZ;
      const blocks = packets.map((packet, index) => simpleBlock(packet, index * packetMs));
      const startMs = positionMs;
      positionMs += packets.length * packetMs;
      const cluster =
        blocks.length === 0 ? NOTHING : element(Id.cluster, [unsigned(Id.timestamp, startMs), ...blocks]);
      return Buffer.concat([head, cluster]);
    },
    finish: () => NOTHING,
  };
}

function streamHeader({ sampleRateHz, preSkip }: OpusStreamInfo): Uint8Array {
  const audio = element(Id.audio, [float(Id.samplingFrequency, sampleRateHz), unsigned(Id.channels, 1)]);
  const track = element(Id.trackEntry, [
    unsigned(Id.trackNumber, 1),
    unsigned(Id.trackUid, 1),
    unsigned(Id.trackType, 2),
    element(Id.codecId, [Buffer.from("A_OPUS")]),
    element(Id.codecPrivate, [identification(sampleRateHz, preSkip)]),
    unsigned(Id.codecDelay, Math.round((preSkip * 1000 * NANOSECONDS_PER_MS) / OPUS_CLOCK_HZ)),
    unsigned(Id.seekPreRoll, SEEK_PRE_ROLL_NS),
    audio,
  ]);
  return Buffer.concat([
    element(Id.ebml, [
      element(Id.docType, [Buffer.from("webm")]),
      unsigned(Id.docTypeVersion, 4),
      unsigned(Id.docTypeReadVersion, 2),
    ]),
    idBytes(Id.segment),
    UNKNOWN_SIZE,
    element(Id.info, [
      unsigned(Id.timestampScale, NANOSECONDS_PER_MS),
      element(Id.muxingApp, [Buffer.from(APPLICATION)]),
      element(Id.writingApp, [Buffer.from(APPLICATION)]),
    ]),
    element(Id.tracks, [track]),
  ]);
}

function simpleBlock(packet: Uint8Array, timeInClusterMs: number): Uint8Array {
  const head = Buffer.alloc(4);
  head.writeUInt8(0x81, 0);
  head.writeInt16BE(timeInClusterMs, 1);
  head.writeUInt8(0x80, 3);
  return element(Id.simpleBlock, [head, packet]);
}

function element(id: number, content: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content);
  return Buffer.concat([idBytes(id), sizeBytes(body.length), body]);
}

function unsigned(id: number, value: number): Uint8Array {
  const body = Buffer.alloc(6);
  body.writeUIntBE(value, 0, 6);
  return element(id, [body]);
}

function float(id: number, value: number): Uint8Array {
  const body = Buffer.alloc(4);
  body.writeFloatBE(value);
  return element(id, [body]);
}

function idBytes(id: number): Uint8Array {
  const length = Math.ceil((32 - Math.clz32(id)) / 8);
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(id, 0, length);
  return bytes;
}

/** A size of 28 bit in the four-byte form. */
function sizeBytes(size: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(0x1000_0000 + size);
  return bytes;
}
