import { buffer } from "node:stream/consumers";
import type { AzuriteServer } from "./azurite-server.ts";

/**
 * Lets Azurite append a body to its files only when all of it has come. By itself it appends while the body comes, and where
 * a client dies meanwhile it closes the file under writes that are still on their way: those bytes then land in the file that
 * was opened next, in the place of another blob's content. Call it before the server starts.
 */
export function appendWholeBodies({ extentStore }: Pick<AzuriteServer, "extentStore">): void {
  const append = extentStore.appendExtent.bind(extentStore);
  extentStore.appendExtent = async (body, contextId) =>
    append(Buffer.isBuffer(body) ? body : await buffer(body), contextId);
}
