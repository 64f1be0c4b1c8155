import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What is alive after everything that can be freed is freed: buffers go when the collection after theirs begins. */
export function heldBytes(): { readonly heap: number; readonly buffers: number } {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers };
}
