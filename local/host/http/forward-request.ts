import http, { type ClientRequest, type IncomingMessage } from "node:http";

/** Belong to one connection and are not passed on (RFC 9110 section 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

export interface ForwardTarget {
  /** Where the library's own server listens. */
  readonly url: URL;
  readonly agent: http.Agent;
}

export interface ForwardedCall {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly invocationId: string;
}

/** Opens the request to the library's server that carries a client's request to its function. The body is not sent yet. */
export function openForward(
  target: ForwardTarget,
  { request, url, invocationId }: ForwardedCall,
): ClientRequest {
  const bodyHeaders =
    request.headers["transfer-encoding"] === undefined ? {} : { "transfer-encoding": "chunked" };
  return http.request({
    host: target.url.hostname,
    port: target.url.port,
    // A body that streams can be sent only once, so it takes no connection that may just have been closed.
    agent: request.headers["transfer-encoding"] === undefined ? target.agent : false,
    method: request.method,
    path: request.url,
    headers: {
      ...endToEnd(request.headers),
      ...bodyHeaders,
      // Else the library's server breaks the connection, and an early answer with it, while the body still comes.
      connection: "keep-alive",
      host: target.url.host,
      "x-forwarded-for": request.socket.remoteAddress,
      "x-forwarded-host": url.host,
      "x-forwarded-proto": url.protocol.slice(0, -1),
      "x-ms-invocation-id": invocationId,
    },
  });
}

export function endToEnd(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}
