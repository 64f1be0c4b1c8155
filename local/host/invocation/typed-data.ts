import type { OutputData } from "../core/protocol.ts";

/** What the host makes of a value that a function returned: a string stays a string, `json` is parsed. */
export function valueOf(data: OutputData | null | undefined): unknown {
  if (data === null || data === undefined) {
    return null;
  }
  if (typeof data.json === "string") {
    return JSON.parse(data.json);
  }
  if (data.bytes !== null && data.bytes !== undefined) {
    return Buffer.from(data.bytes);
  }
  return data.string ?? data.int ?? data.double ?? null;
}
