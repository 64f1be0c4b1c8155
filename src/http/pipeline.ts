import type { Authenticator } from "../application/ports/authenticator.ts";
import type { Clock } from "../application/ports/clock.ts";
import type { Ids } from "../application/ports/ids.ts";
import type { Logger } from "../application/ports/logger.ts";
import type { RequestLimiter } from "../application/ports/request-limiter.ts";
import { assertPermission } from "../domain/access/assert-permission.ts";
import { ANONYMOUS, type Principal } from "../domain/access/principal.ts";
import { ServiceError } from "../domain/errors/service-error.ts";
import { bodyTooLarge } from "./body-too-large.ts";
import type { Call } from "./call.ts";
import { corsHeaders } from "./cors.ts";
import { asServiceError, problemResponse } from "./problem.ts";
import type { RequestObserver } from "./request-observer.ts";
import { requestIdOf } from "./request-id.ts";
import type { Route, RouteSpec } from "./route.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { type TraceContext, traceContextOf } from "./trace-context.ts";

export interface PipelineParts {
  readonly authenticator: Authenticator;
  readonly limiter: RequestLimiter;
  readonly observers: readonly RequestObserver[];
  readonly logger: Logger;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Host names without port that are served; empty serves every host. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** Adds stacks to problem documents; never in production. */
  readonly includeStack: boolean;
}

/** Answers one request of one route; never throws. The request's signal aborts when the client hangs up. */
export type Answer = (route: Route, request: Request) => Promise<Response>;

/** One request on its way through the steps. */
interface Passage {
  readonly route: Route;
  readonly request: Request;
  readonly url: URL;
  readonly requestId: string;
  readonly trace: TraceContext;
  readonly startedAt: Date;
  principal: Principal | undefined;
  limitHeaders: Readonly<Record<string, string>>;
}

/**
 * The steps of every request, in their one order: request id and trace, allowed host, declared body size,
 * authentication, permission, rate limit, validation and handler, problem document, headers, observers.
 */
export function makePipeline(parts: PipelineParts): Answer {
  return async (route, request) => {
    const passage = enter(route, request, parts);
    let failure: unknown;
    let response: Response;
    try {
      response = await run(passage, parts);
    } catch (error) {
      failure = error;
      const { requestId, url } = passage;
      response = problemResponse(error, { requestId, url, includeStack: parts.includeStack });
    }
    const answer = withHeaders(response, passage, parts);
    await observe({ passage, parts, status: answer.status, failure });
    return answer;
  };
}

function enter(route: Route, request: Request, parts: PipelineParts): Passage {
  return {
    route,
    request,
    url: new URL(request.url),
    requestId: requestIdOf(request.headers.get("x-request-id"), () => parts.ids.next("req")),
    trace: traceContextOf(request.headers.get("traceparent")),
    startedAt: parts.clock.now(),
    principal: undefined,
    limitHeaders: {},
  };
}

async function run(passage: Passage, parts: PipelineParts): Promise<Response> {
  const { route, request, url } = passage;
  assertHost(url, parts.allowedHosts);
  assertDeclaredSize(route.spec, request);
  passage.principal = await identify(route.spec, request, parts.authenticator);
  if (route.spec.permission !== "public") {
    assertPermission(passage.principal, route.spec.permission);
  }
  passage.limitHeaders = await parts.limiter.take(
    limitSubject(passage.principal, request),
    route.spec.limitClass ?? "default",
  );
  return route.handle(callOf(passage, passage.principal, parts.logger));
}

function assertHost(url: URL, allowedHosts: readonly string[]): void {
  if (allowedHosts.length > 0 && !allowedHosts.includes(url.hostname)) {
    throw new ServiceError("host-not-allowed", "The Host header names a host that is not served here.");
  }
}

function assertDeclaredSize({ body }: RouteSpec, request: Request): void {
  if (body !== undefined && Number(request.headers.get("content-length") ?? 0) > body.maxBytes) {
    throw bodyTooLarge(body.maxBytes);
  }
}

async function identify(spec: RouteSpec, request: Request, authenticator: Authenticator): Promise<Principal> {
  if (spec.permission === "public") {
    return ANONYMOUS;
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  return authenticator.authenticate(token);
}

function limitSubject(principal: Principal, request: Request) {
  return principal === ANONYMOUS
    ? ({ kind: "address", id: clientAddress(request) ?? "unknown" } as const)
    : ({ kind: "principal", id: principal.id } as const);
}

/** First address of X-Forwarded-For: the front end of Azure sets it. */
function clientAddress(request: Request): string | undefined {
  return request.headers.get("x-forwarded-for")?.split(",", 1)[0]?.trim();
}

function callOf(passage: Passage, principal: Principal, logger: Logger): Call {
  const { requestId, trace, request, url } = passage;
  return {
    requestId,
    traceparent: trace.traceparent,
    principal,
    signal: request.signal,
    logger: logger.with({ requestId, traceId: trace.traceId, operation: passage.route.spec.operationId }),
    request,
    url,
  };
}

function withHeaders(response: Response, passage: Passage, parts: PipelineParts): Response {
  const headers = new Headers(SECURITY_HEADERS);
  const own = {
    ...corsHeaders(passage.request.headers.get("origin"), parts.allowedOrigins),
    ...passage.limitHeaders,
    ...Object.fromEntries(response.headers),
    "x-request-id": passage.requestId,
  };
  for (const [name, value] of Object.entries(own)) {
    headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, headers });
}

interface Ending {
  readonly passage: Passage;
  readonly parts: PipelineParts;
  readonly status: number;
  readonly failure: unknown;
}

/** An observer that fails costs a log line, never the answer. */
async function observe({ passage, parts, status, failure }: Ending): Promise<void> {
  const known = failure === undefined ? undefined : asServiceError(failure);
  const outcome = {
    spec: passage.route.spec,
    requestId: passage.requestId,
    traceId: passage.trace.traceId,
    principal: passage.principal,
    path: passage.url.pathname,
    clientAddress: clientAddress(passage.request),
    status,
    code: known?.code,
    cause: known?.cause,
    startedAt: passage.startedAt,
    durationMs: parts.clock.now().getTime() - passage.startedAt.getTime(),
  };
  const results = await Promise.allSettled(parts.observers.map((observer) => observer.finished(outcome)));
  for (const result of results) {
    if (result.status === "rejected") {
      parts.logger.log("error", "A request observer failed", {
        requestId: passage.requestId,
        error: String(result.reason),
      });
    }
  }
}
