import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";

/** Set by the Functions host on every request that it forwards to the server inside `@azure/functions`. */
const INVOCATION_ID_HEADER = "x-ms-invocation-id";

/** The response on which the library writes what a handler returns, which the library itself does not show. */
export interface ProxiedResponse {
  readonly response: ServerResponse;
  /** Aborted when the client has gone before the response was complete. */
  readonly disconnected: AbortSignal;
}

const openResponses = new Map<string, ProxiedResponse>();

let isTracking = false;

/**
 * Follows the requests that reach the library's server from here on. Call it while the app starts and only in an app
 * with `enableHttpStream`.
 */
export function trackProxiedResponses(): void {
  if (isTracking) {
    return;
  }
  isTracking = true;
  subscribe("http.server.request.start", (message) => {
    if (typeof message === "object" && message !== null && "request" in message && "response" in message) {
      track(message.request, message.response);
    }
  });
}

/** @returns `undefined` once the response is over, whether it is complete or its client has gone. */
export function proxiedResponse(invocationId: string): ProxiedResponse | undefined {
  return openResponses.get(invocationId);
}

function track(request: unknown, response: unknown): void {
  if (!(request instanceof IncomingMessage) || !(response instanceof ServerResponse)) {
    return;
  }
  const invocationId = request.headers[INVOCATION_ID_HEADER];
  if (typeof invocationId !== "string") {
    return;
  }
  const abort = new AbortController();
  const entry = { response, disconnected: abort.signal };
  openResponses.set(invocationId, entry);
  response.once("close", () => {
    if (openResponses.get(invocationId) === entry) {
      openResponses.delete(invocationId);
    }
    if (!response.writableFinished) {
      abort.abort(new DOMException("The client has disconnected.", "AbortError"));
    }
  });
}
