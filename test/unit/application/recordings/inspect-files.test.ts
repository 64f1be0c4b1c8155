import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { decodingRecordingInspector } from "../../../../src/adapters/audio/decoding-recording-inspector.ts";
import { nodeHasher } from "../../../../src/adapters/system/node-hasher.ts";
import { inspectFiles, type ReadableFile } from "../../../../src/application/recordings/inspect-files.ts";

const MB = 1024 * 1024;
const SAMPLE_RATE_HZ = 24_000;
const CHUNK_BYTES = 64 * 1024;
const FILE_BYTES = 8 * MB;
const FILES = 12;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What is alive after everything that can be freed is freed; buffers go with the second collection. */
function heldBytes(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function wavHeader(dataBytes: number): Uint8Array {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Files whose bytes are made when they are asked for; counts what is asked for at the same time. */
class GeneratedSet {
  readonly #tone = Int16Array.from({ length: CHUNK_BYTES / 2 }, (_, index) => 8_000 * Math.sin(index / 8));
  open = 0;
  mostOpen = 0;
  givenBytes = 0;
  mostHeldBytes = 0;

  readonly files: readonly ReadableFile[] = Array.from({ length: FILES }, (_, index) => ({
    fileName: `${index}.wav`,
    open: async () => this.#chunks(),
  }));

  async *#chunks(): AsyncGenerator<Uint8Array, void, void> {
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    yield wavHeader(FILE_BYTES);
    for (let given = 0; given < FILE_BYTES; given += CHUNK_BYTES) {
      yield new Uint8Array(this.#tone.slice().buffer);
      this.givenBytes += CHUNK_BYTES;
      if (this.givenBytes % (8 * MB) === 0) {
        this.mostHeldBytes = Math.max(this.mostHeldBytes, heldBytes());
      }
    }
    this.open -= 1;
  }
}

describe("inspecting a set of files", () => {
  it("holds a few megabytes of it, however large it is, and reads four files at a time", async () => {
    const set = new GeneratedSet();
    const heldBefore = heldBytes();

    const inspected = await inspectFiles(
      { inspector: decodingRecordingInspector, hasher: nodeHasher },
      set.files,
    );

    expect(inspected.map(({ facts }) => Math.round(facts?.durationMs ?? 0))).toEqual(
      Array.from({ length: FILES }, () => Math.round((FILE_BYTES / 2 / SAMPLE_RATE_HZ) * 1000)),
    );
    expect(set.givenBytes).toBe(FILES * FILE_BYTES);
    expect(set.mostOpen).toBe(4);
    expect(set.mostHeldBytes - heldBefore).toBeLessThan(4 * MB);
  }, 60_000);
});
