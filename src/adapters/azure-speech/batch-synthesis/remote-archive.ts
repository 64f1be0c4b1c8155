import { Readable } from "node:stream";
import { type Entry, RandomAccessReader, type ZipFile, fromRandomAccessReaderPromise } from "yauzl";
import { unavailable } from "../speech-error.ts";
import { RemoteBlocks } from "./remote-blocks.ts";

/** Files of a zip that lies somewhere else, read one by one without fetching the whole. */
export interface RemoteArchive {
  /** @throws {@link ServiceError} `speech-unavailable` when there is no such file. */
  open(fileName: string): Promise<ReadableStream<Uint8Array>>;
  has(fileName: string): boolean;
}

/** @throws {@link ServiceError} `speech-unavailable` when it cannot be read or is no zip. */
export async function openRemoteArchive(url: string): Promise<RemoteArchive> {
  const blocks = await RemoteBlocks.open(url);
  const { zip, entries } = await readDirectory(blocks);
  return {
    has: (fileName) => entries.has(fileName),
    async open(fileName) {
      const entry = entries.get(fileName);
      if (entry === undefined) {
        throw unavailable(`The results of a batch synthesis hold no ${fileName}.`);
      }
      const stream = await zip.openReadStreamPromise(entry);
      return ReadableStream.from<Uint8Array>(stream);
    },
  };
}

async function readDirectory(
  blocks: RemoteBlocks,
): Promise<{ readonly zip: ZipFile; readonly entries: ReadonlyMap<string, Entry> }> {
  try {
    const zip = await fromRandomAccessReaderPromise(new BlockReader(blocks), blocks.sizeBytes, {
      autoClose: false,
    });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName, entry);
    }
    return { zip, entries };
  } catch (cause) {
    throw unavailable("The results of a batch synthesis are no zip that can be read.", { cause });
  }
}

class BlockReader extends RandomAccessReader {
  readonly #blocks: RemoteBlocks;

  constructor(blocks: RemoteBlocks) {
    super();
    this.#blocks = blocks;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#blocks.range(start, end), { objectMode: false });
  }
}
