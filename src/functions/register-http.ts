import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from "@azure/functions";
import { input } from "durable-functions";
import type { Logger } from "../application/ports/logger.ts";
import type { Answer } from "../http/pipeline.ts";
import type { Route, RouteSpec } from "../http/route.ts";
import type { InvocationScope } from "./invocation-scope.ts";
import { disconnectSignal } from "./streaming/disconnect-signal.ts";
import { failureAnswer } from "./failure-answer.ts";
import { guardHttpResponses } from "./streaming/guard-http-responses.ts";
import { trackProxiedResponses } from "./streaming/proxied-responses.ts";

const ALL_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"] as const;

export interface HttpRegistration {
  readonly routes: readonly Route[];
  readonly answer: Answer;
  readonly within: InvocationScope;
  readonly logger: Logger;
}

/** Registers one Function per route, in streaming mode; a Function's name is its route's operation id. */
export function registerHttp({ routes, answer, within, logger }: HttpRegistration): void {
  app.setup({ enableHttpStream: true });
  app.hook.postInvocation(guardHttpResponses(failureAnswer(logger)));
  trackProxiedResponses();
  for (const route of routes) {
    app.http(route.spec.operationId, {
      methods: [...methodsOf(route.spec)],
      route: route.spec.path.slice(1),
      authLevel: "anonymous",
      extraInputs: [input.durableClient()],
      handler: (request, context) =>
        within(context, async () => hostResponse(await answer(route, webRequest(request, context)))),
    });
  }
}

function methodsOf({ method, takesHead }: RouteSpec): readonly (typeof ALL_METHODS)[number][] {
  if (method === "ANY") {
    return ALL_METHODS;
  }
  return takesHead === true ? [method, "HEAD"] : [method];
}

/** The host's request as a web request whose signal aborts when the client hangs up. */
function webRequest(request: HttpRequest, { invocationId }: InvocationContext): Request {
  const hasBody = request.body !== null && request.method !== "GET" && request.method !== "HEAD";
  return new Request(request.url, {
    method: request.method,
    headers: new Headers(Object.fromEntries(request.headers)),
    signal: disconnectSignal(invocationId),
    ...(hasBody && { body: request.body, duplex: "half" }),
  });
}

function hostResponse(response: Response): HttpResponseInit {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    ...(response.body !== null && { body: response.body }),
  };
}
