import { isIP } from "node:net";

/**
 * The client's IP address: the last entry of X-Forwarded-For, which the front end of Azure appends; entries before it
 * are whatever the client claims. A port behind the address is dropped.
 */
export function clientAddress(request: Request): string | undefined {
  const last = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  const candidates = [last, /^\[([^\]]+)\](?::\d+)?$/.exec(last)?.[1], /^([^:]+):\d+$/.exec(last)?.[1]];
  return candidates.find((candidate) => candidate !== undefined && isIP(candidate) !== 0);
}
