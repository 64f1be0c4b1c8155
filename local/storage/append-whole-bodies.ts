import { Readable } from "node:stream";
import type { AzuriteServer } from "./azurite-server.ts";

/**
 * Lets Azurite append a body to its files only when all of it has come. By itself it appends while the body comes, and where
 * a client dies meanwhile it closes the file under writes that are still on their way: those bytes then land in the file that
 * was opened next, in the place of another blob's content. Call it before the server starts.
 *
 * Azurite reads what it has appended once more for a checksum; it gets the body that is still at hand, not the file.
 */
export function appendWholeBodies({ extentStore }: Pick<AzuriteServer, "extentStore">): void {
  const append = extentStore.appendExtent.bind(extentStore);
  const read = extentStore.readExtent.bind(extentStore);
  const atHand = new Map<object, Buffer>();
  extentStore.appendExtent = async (body, contextId) => {
    const whole = Buffer.isBuffer(body) ? body : Buffer.concat(await body.toArray());
    const chunk = await append(whole, contextId);
    atHand.set(chunk, whole);
    // The checksum is asked for at once or never.
    setImmediate(() => atHand.delete(chunk));
    return chunk;
  };
  extentStore.readExtent = async (chunk, contextId) => {
    const whole = chunk && atHand.get(chunk);
    return whole === undefined ? read(chunk, contextId) : Readable.from(whole, { objectMode: false });
  };
}
