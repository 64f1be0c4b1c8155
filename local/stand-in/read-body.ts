import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

/**
 * Reads a whole request body.
 *
 * @throws {@link Refusal} 413 when it is over `limitBytes`; the rest is read and dropped while the answer is sent.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > limitBytes) {
      throw new Refusal(
        { status: 413, code: "RequestEntityTooLarge" },
        `The request body is larger than ${limitBytes} bytes.`,
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, sizeBytes);
}
