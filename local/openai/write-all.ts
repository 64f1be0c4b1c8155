import { once } from "node:events";
import type { CuttableResponse } from "../stand-in/cuttable-response.ts";

/** Writes chunks as they come, no faster than the client reads, and ends the answer. */
export async function writeAll(response: CuttableResponse, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (!response.write(chunk) && !response.destroyed) {
        await Promise.race([once(response, "drain"), once(response, "close")]);
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
