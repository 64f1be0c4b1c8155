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
    const reader = body.getReader();
    try {
      yield { name, lastModified, size: sizeBytes, input: streamOf(reader) };
    } catch {
      // That nobody wants the archive any more, the library says by an error at this place.
      return;
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }
}

/** What the reader reads: the library lets go of a file that nobody wants any more without cancelling it. */
function streamOf(reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(value);
        }
      },
    },
    { highWaterMark: 0 },
  );
}
