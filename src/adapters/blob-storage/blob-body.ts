import { Readable } from "node:stream";

import { blobErrorOf, unavailable } from "./blob-error.ts";
import type { Deadline } from "./deadline.ts";

/** What fits into memory and goes up in one request. */
export const SINGLE_UPLOAD_BYTES = 1024 * 1024;

/** A body that is whole, or one that is too large to be held. */
export type UploadBody =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "stream"; readonly stream: Readable };

/** Reads a little of a stream, to see whether it is worth an upload in blocks. The source is let go of by `signal`. */
export async function uploadBody(
  body: Uint8Array | ReadableStream<Uint8Array>,
  deadline: Deadline,
): Promise<UploadBody> {
  if (body instanceof Uint8Array) {
    return { kind: "bytes", bytes: body };
  }
  const source = Readable.fromWeb(body, { signal: deadline.signal });
  const chunks = pausing(source, deadline);
  const head: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes <= SINGLE_UPLOAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) {
      return { kind: "bytes", bytes: Buffer.concat(head) };
    }
    head.push(next.value);
    sizeBytes += next.value.length;
  }
  return { kind: "stream", stream: Readable.from(joined(head, chunks), { objectMode: false }) };
}

/** The chunks of a source; leaving early destroys it. */
async function* pausing(source: Readable, deadline: Deadline): AsyncGenerator<Uint8Array, undefined> {
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await deadline.pausedFor(chunks.next());
      if (next.done === true) {
        return undefined;
      }
      yield next.value;
    }
  } finally {
    source.destroy();
  }
}

async function* joined(
  head: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array, undefined>,
): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* rest;
}

/** A download as a web stream that fails when the storage is silent while somebody waits for bytes. */
export function downloadBody(source: Readable, idleMs: number): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const timer = setTimeout(() => source.destroy(unavailable(undefined)), idleMs);
        try {
          const next = await chunks.next();
          if (next.done === true) {
            controller.close();
          } else {
            controller.enqueue(next.value);
          }
        } catch (error) {
          throw blobErrorOf(error);
        } finally {
          clearTimeout(timer);
        }
      },
      cancel() {
        source.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

export function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}
