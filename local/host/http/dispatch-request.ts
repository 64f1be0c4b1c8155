import type { IncomingMessage, ServerResponse } from "node:http";
import type { Router } from "../routing/router.ts";
import type { ConcurrencyGate } from "./concurrency-gate.ts";
import { endResponse } from "./end-response.ts";
import type { AnswerCall } from "./http-call.ts";
import type { HandleRequest } from "./public-server.ts";
import { requestUrl } from "./request-target.ts";

/** Serves the paths below a prefix that Azure keeps for the host. */
export interface HostEndpoint {
  /** Without a slash at the end. */
  readonly prefix: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
}

export interface DispatchOptions {
  readonly router: Router;
  readonly gate: ConcurrencyGate;
  readonly answerCall: AnswerCall;
  readonly endpoints: readonly HostEndpoint[];
  /** Authority for a request without `Host`. */
  readonly authority: string;
  readonly hasHomePage: boolean;
}

/** Sends every request where it belongs: to an endpoint of the host, to the function that wins it, or to 404. */
export function requestDispatcher(options: DispatchOptions): HandleRequest {
  return async (request, response) => {
    const url = requestUrl(request, options.authority);
    if (url === undefined) {
      endResponse(response, 400);
      return;
    }
    const endpoint = options.endpoints.find(({ prefix }) => isBelow(prefix, url.pathname));
    if (endpoint !== undefined) {
      await endpoint.handle(request, response, url);
      return;
    }
    const match = options.router.find(request.method ?? "GET", url.pathname);
    if (match === undefined) {
      answerUnknown(url, response, options.hasHomePage);
      return;
    }
    if (options.gate.isFull) {
      endResponse(response, 429);
      return;
    }
    await options.gate.run(() => options.answerCall({ request, response, url, match }));
  };
}

function isBelow(prefix: string, pathname: string): boolean {
  const path = pathname.toLowerCase();
  return path === prefix || path.startsWith(`${prefix}/`);
}

function answerUnknown(url: URL, response: ServerResponse, hasHomePage: boolean): void {
  if (url.pathname !== "/") {
    endResponse(response, 404);
    return;
  }
  if (!hasHomePage) {
    endResponse(response, 204);
    return;
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end("<!doctype html><title>Functions host</title><p>Your Functions app is up and running.</p>");
}
