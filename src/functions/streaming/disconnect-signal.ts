import { proxiedResponse } from "./proxied-responses.ts";

/**
 * Aborts as soon as the client of an HTTP invocation has gone, which a handler cannot learn from the library. It is
 * aborted from the start when the client went before the handler ran.
 */
export function disconnectSignal(invocationId: string): AbortSignal {
  return (
    proxiedResponse(invocationId)?.disconnected ??
    AbortSignal.abort(new DOMException("The client has disconnected.", "AbortError"))
  );
}
