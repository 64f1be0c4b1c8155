import { once } from "node:events";
import type { CuttableResponse } from "../stand-in/cuttable-response.ts";

/** Writes chunks as they come, no faster than the client reads, and ends the answer. */
export async function writeAll(response: CuttableResponse, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  try {
    for await (const chunk of chunks) {
      if (!response.write(chunk) && !response.destroyed) {
        await once(response, "drain", { signal: closed.signal });
      }
    }
  } catch (error) {
    if (!response.destroyed) {
      throw error;
    }
  }
  if (!response.destroyed) {
    response.end();
  }
}
