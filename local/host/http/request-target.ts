import type { IncomingMessage } from "node:http";

/**
 * The URL of a request as its client wrote it.
 *
 * @returns `undefined` when target or `Host` make no URL.
 */
export function requestUrl(request: IncomingMessage, fallbackHost: string): URL | undefined {
  const target = request.url ?? "/";
  const host = request.headers.host ?? fallbackHost;
  // A target is never resolved against a base: "//elsewhere/x" is a path here, not another host.
  const text = target.startsWith("/") ? `http://${host}${target}` : target;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}

/** Duplicate headers are joined by a comma, as Azure's host does. */
export function joinedHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}
