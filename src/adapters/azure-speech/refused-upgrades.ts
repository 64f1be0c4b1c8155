import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** @see https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
const REQUEST_CREATED = "undici:request:create";
const HEADERS_RECEIVED = "undici:request:headers";

const SWITCHING_PROTOCOLS = 101;

/**
 * Hears of websockets that a host refuses to open: the client inside the Speech SDK tells no more of them than that the
 * connection broke.
 *
 * @param origins with the schemes http and https.
 * @param onRefused is called where the websocket was asked for: below the same request.
 * @returns ends the listening.
 */
export function listenToRefusedUpgrades(
  origins: ReadonlySet<string>,
  onRefused: (status: number) => void,
): () => void {
  const listeners = new WeakMap<object, (status: number) => void>();
  const created = (message: unknown): void => {
    const request = memberOf(message, "request");
    if (isUpgradeTo(origins, request)) {
      listeners.set(request, AsyncLocalStorage.bind(onRefused));
    }
  };
  const answered = (message: unknown): void => {
    const request = memberOf(message, "request");
    const status = memberOf(memberOf(message, "response"), "statusCode");
    if (isObject(request) && typeof status === "number" && status !== SWITCHING_PROTOCOLS) {
      listeners.get(request)?.(status);
    }
  };
  subscribe(REQUEST_CREATED, created);
  subscribe(HEADERS_RECEIVED, answered);
  return () => {
    unsubscribe(REQUEST_CREATED, created);
    unsubscribe(HEADERS_RECEIVED, answered);
  };
}

function isUpgradeTo(origins: ReadonlySet<string>, request: unknown): request is object {
  return (
    isObject(request) &&
    memberOf(request, "upgrade") === "websocket" &&
    origins.has(String(memberOf(request, "origin")))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}
