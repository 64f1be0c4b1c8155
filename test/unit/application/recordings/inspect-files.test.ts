import { describe, expect, it } from "vitest";
import { wavHeader } from "../../../../local/stand-in/encode-wav.ts";
import { decodingRecordingInspector } from "../../../../src/adapters/audio/decoding-recording-inspector.ts";
import { nodeHasher } from "../../../../src/adapters/system/node-hasher.ts";
import { inspectFiles, type ReadableFile } from "../../../../src/application/recordings/inspect-files.ts";
import { heldBytes } from "../../../support/held-bytes.ts";

const MB = 1024 * 1024;
const SAMPLE_RATE_HZ = 24_000;
const CHUNK_BYTES = 64 * 1024;
const FILE_BYTES = 8 * MB;
const FILES = 12;

function heldBytesOfAll(): number {
  const { heap, buffers } = heldBytes();
  return heap + buffers;
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
    yield wavHeader(FILE_BYTES, SAMPLE_RATE_HZ);
    for (let given = 0; given < FILE_BYTES; given += CHUNK_BYTES) {
      yield new Uint8Array(this.#tone.slice().buffer);
      this.givenBytes += CHUNK_BYTES;
      if (this.givenBytes % (8 * MB) === 0) {
        this.mostHeldBytes = Math.max(this.mostHeldBytes, heldBytesOfAll());
      }
    }
    this.open -= 1;
  }
}

describe("inspecting a set of files", () => {
  it("holds a few megabytes of it, however large it is, and reads four files at a time", async () => {
    const set = new GeneratedSet();
    const heldBefore = heldBytesOfAll();

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
