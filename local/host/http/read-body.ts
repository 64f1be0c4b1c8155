import type { IncomingMessage } from "node:http";

/** The request body is over the limit of the host. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}

/** @throws {@link BodyTooLargeError} as soon as the announced or the received size is over the limit. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (contentLengthOf(request) > maxBytes) {
    throw new BodyTooLargeError();
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of bytesOf(request)) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new BodyTooLargeError();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

/** 0 when the request does not say, as with chunked encoding. */
export function contentLengthOf(request: IncomingMessage): number {
  return Number(request.headers["content-length"] ?? 0);
}

/** A request without an encoding yields buffers. */
function bytesOf(request: IncomingMessage): AsyncIterable<Buffer> {
  return request;
}
