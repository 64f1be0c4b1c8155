import { isIP } from "node:net";

/**
 * The client's IP address, from X-Forwarded-For: every proxy appends the address that it was asked from, so with two
 * trusted proxies it is the last entry but one. Entries before it are whatever the client claims. Where there are fewer,
 * the request came past some of the proxies, and the first entry is the best that is known. A port is dropped.
 *
 * @param trustedProxyCount proxies in front of the app, the front end of Azure among them; at least 1.
 */
export function clientAddress(request: Request, trustedProxyCount: number): string | undefined {
  const entries = (request.headers.get("x-forwarded-for") ?? "").split(",");
  const entry = (entries.at(-trustedProxyCount) ?? entries[0] ?? "").trim();
  const candidates = [entry, /^\[([^\]]+)\](?::\d+)?$/.exec(entry)?.[1], /^([^:]+):\d+$/.exec(entry)?.[1]];
  return candidates.find((candidate) => candidate !== undefined && isIP(candidate) !== 0);
}
