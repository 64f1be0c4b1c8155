import { once } from "node:events";
import { ReadableStream } from "node:stream/web";
import type { ProxiedResponse } from "./proxied-responses.ts";

/** What is handed on in one piece, so that a large chunk of the source does not fill the queue at once. */
const MAX_PIECE_BYTES = 64 * 1024;

/**
 * A body that is produced no faster than its client reads, and whose source is cancelled when the client goes. The
 * library does neither: it writes whatever a body yields without waiting for the client.
 *
 * @param onBroken called when the source fails while the client is still there. The body ends when it returns, and
 * fails when it throws.
 */
export function pacedBody(
  source: ReadableStream<Uint8Array>,
  proxied: ProxiedResponse,
  onBroken: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  return ReadableStream.from(paced(source, proxied, onBroken));
}

async function* paced(
  source: ReadableStream<Uint8Array>,
  proxied: ProxiedResponse,
  onBroken: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const { disconnected } = proxied;
  const reader = source.getReader();
  const cancel = (): void => {
    // Nobody is left who could be told that the source cannot be cancelled.
    reader.cancel(disconnected.reason).catch(() => undefined);
  };
  disconnected.addEventListener("abort", cancel, { once: true });
  try {
    await clientReady(proxied);
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      for (const piece of piecesOf(chunk.value)) {
        if (disconnected.aborted) {
          return;
        }
        yield piece;
        await clientReady(proxied);
      }
    }
  } catch (error) {
    if (!disconnected.aborted) {
      onBroken(error);
    }
  } finally {
    disconnected.removeEventListener("abort", cancel);
  }
}

/** Resolves when the client has taken what was written, or has gone. */
async function clientReady({ response, disconnected }: ProxiedResponse): Promise<void> {
  if (response.writableNeedDrain && !disconnected.aborted) {
    await once(response, "drain", { signal: disconnected }).catch((error: unknown) => {
      if (!disconnected.aborted) {
        throw error;
      }
    });
  }
}

function* piecesOf(chunk: Uint8Array): Generator<Uint8Array, void, void> {
  for (let offset = 0; offset < chunk.byteLength; offset += MAX_PIECE_BYTES) {
    yield chunk.subarray(offset, offset + MAX_PIECE_BYTES);
  }
}
