import type { ArchivedFile, Archiver } from "../../application/ports/archiver.ts";

/** {@link Archiver} without compression, which audio does not need. The library is loaded at first use. */
export const zipArchiver: Archiver = {
  zip: (files) => ReadableStream.from(chunksOf(files)),
};

async function* chunksOf(files: AsyncIterable<ArchivedFile>): AsyncGenerator<Uint8Array, void, void> {
  const { makeZip } = await import("client-zip");
  yield* makeZip(entriesOf(files));
}

async function* entriesOf(files: AsyncIterable<ArchivedFile>) {
  for await (const { name, sizeBytes, lastModified, body } of files) {
    yield { name, lastModified, size: sizeBytes, input: body };
  }
}
