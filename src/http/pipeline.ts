import type { ActiveCall, ActiveCalls, AuditDetails } from "../application/ports/active-call.ts";
import type { Clock } from "../application/ports/clock.ts";
import type { Ids } from "../application/ports/ids.ts";
import type { Logger } from "../application/ports/logger.ts";
import type { Span, Tracer } from "../application/ports/tracer.ts";
import type { Principal } from "../domain/access/principal.ts";
import { type Admission, type AdmissionParts, admit } from "./admission.ts";
import { BodyCapture, capturedText } from "./body-capture.ts";
import type { Call } from "./call.ts";
import { clientAddress } from "./client-address.ts";
import { corsHeaders } from "./cors.ts";
import { tellObservers } from "./observe.ts";
import { asServiceError, problemResponse } from "./problem.ts";
import { requestIdOf } from "./request-id.ts";
import type { RequestObserver, RequestOutcome } from "./request-observer.ts";
import type { Route } from "./route.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { firstEnding, type OnStreamEnd, StreamedResponse, withEnding } from "./stream-ending.ts";

export interface PipelineParts extends AdmissionParts {
  readonly activeCalls: ActiveCalls;
  readonly tracer: Tracer;
  readonly observers: readonly RequestObserver[];
  readonly logger: Logger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly allowedOrigins: readonly string[];
  /** Adds stacks to problem documents; never in production. */
  readonly includeStack: boolean;
  /** Which small text bodies observers are told. Default: none. */
  readonly capture?: { readonly requestBodies: boolean; readonly responseBodies: boolean };
}

/** Answers one request of one route; never throws. The request's signal aborts when the client hangs up. */
export type Answer = (route: Route, request: Request) => Promise<Response>;

/** One request on its way through the steps. */
interface Passage {
  readonly route: Route;
  readonly request: Request;
  readonly url: URL;
  readonly requestId: string;
  readonly span: Span;
  readonly startedAt: Date;
  readonly requestBody: BodyCapture | undefined;
  readonly admission: Admission;
  readonly activeCall: ActiveCall;
  auditDetails: AuditDetails;
  readonly onStreamEnd: OnStreamEnd;
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
      const { admission, activeCall } = passage;
      const principal = await admit({ spec: route.spec, request }, admission, parts);
      const call = callOf(passage, principal, parts.logger);
      response = await parts.activeCalls.run(activeCall, () => route.handle(call));
    } catch (error) {
      failure = error;
      const { requestId, url } = passage;
      response = problemResponse(error, { requestId, url, includeStack: parts.includeStack });
    }
    const answer = withHeaders(response, passage, parts);
    const outcome = await outcomeOf({ passage, parts, answer, failure });
    await tellObservers(parts.observers, outcome, parts.logger);
    endSpan(passage.span, outcome);
    return answer;
  };
}

function enter(route: Route, request: Request, parts: PipelineParts): Passage {
  const requestId = requestIdOf(request.headers.get("x-request-id"), () => parts.ids.next("req"));
  const span = parts.tracer.start({
    name: `${request.method} ${route.spec.path}`,
    kind: "server",
    parent: request.headers.get("traceparent") ?? undefined,
  });
  const startedAt = parts.clock.now();
  const outcome = { spec: route.spec, requestId, traceId: traceIdOf(span) };
  return {
    route,
    request,
    url: new URL(request.url),
    requestId,
    span,
    startedAt,
    onStreamEnd: firstEnding((ending) => {
      const durationMs = parts.clock.now().getTime() - startedAt.getTime();
      for (const observer of parts.observers) {
        observer.streamEnded?.({ ...outcome, ending, durationMs });
      }
    }),
    requestBody: parts.capture?.requestBodies === true ? new BodyCapture(request) : undefined,
    admission: { principal: undefined, limitHeaders: {} },
    auditDetails: {},
    activeCall: {
      requestId,
      traceparent: span.traceparent,
      operation: route.spec.operationId,
      knownHashes: new Map(),
      changes: [],
      changeCount: 0,
    },
  };
}

function callOf(passage: Passage, principal: Principal, logger: Logger): Call {
  const { requestId, span, request, url, requestBody, onStreamEnd } = passage;
  return {
    requestId,
    traceparent: span.traceparent,
    principal,
    signal: request.signal,
    logger: logger.with({ requestId, traceId: traceIdOf(span), operation: passage.route.spec.operationId }),
    request,
    url,
    onStreamFailure: (error) => onStreamEnd({ outcome: "failed", error }),
    onAuditDetails: (details) => {
      passage.auditDetails = { ...passage.auditDetails, ...details };
    },
    onBodyChunk: requestBody && ((chunk) => requestBody.add(chunk)),
  };
}

function withHeaders(response: Response, passage: Passage, parts: PipelineParts): Response {
  const headers = new Headers(SECURITY_HEADERS);
  const own = {
    ...corsHeaders(passage.request.headers.get("origin"), parts.allowedOrigins),
    ...passage.admission.limitHeaders,
    ...Object.fromEntries(response.headers),
    "x-request-id": passage.requestId,
  };
  for (const [name, value] of Object.entries(own)) {
    headers.set(name, value);
  }
  headers.set("vary", varyOf(response));
  return new Response(bodyOf(response, passage), { status: response.status, headers });
}

function bodyOf(response: Response, { request, onStreamEnd }: Passage): ReadableStream<Uint8Array> | null {
  if (request.method === "HEAD" || response.body === null) {
    return null;
  }
  return response instanceof StreamedResponse
    ? withEnding(response.body, request.signal, onStreamEnd)
    : response.body;
}

/** What the answer depends on: always the origin that asks, and whatever the handler says. */
function varyOf(response: Response): string {
  const own = response.headers.get("vary");
  return own === null ? "origin" : `${own}, origin`;
}

function traceIdOf({ traceparent }: Span): string {
  return traceparent.split("-")[1] ?? "";
}

/**
 * Application Insights drops `url.path` and `error.type`; its queries read `name`, which is method and route, `resultCode`
 * and the attributes that begin with `voice.`.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
function endSpan(span: Span, outcome: RequestOutcome): void {
  const { status, spec, path, requestId, code } = outcome;
  span.end({
    isFailed: status >= 500,
    attributes: {
      "http.request.method": outcome.request.method,
      "http.route": spec.path,
      "http.response.status_code": status,
      "url.path": path,
      "voice.operation": spec.operationId,
      "voice.request_id": requestId,
      ...(code !== undefined && { "error.type": code, "voice.error_code": code }),
    },
  });
}

interface Ending {
  readonly passage: Passage;
  readonly parts: PipelineParts;
  readonly answer: Response;
  readonly failure: unknown;
}

async function outcomeOf({ passage, parts, answer, failure }: Ending): Promise<RequestOutcome> {
  const known = failure === undefined ? undefined : asServiceError(failure);
  return {
    spec: passage.route.spec,
    requestId: passage.requestId,
    traceId: traceIdOf(passage.span),
    principal: passage.admission.principal,
    path: passage.url.pathname,
    clientAddress: clientAddress(passage.request, parts.trustedProxyCount),
    status: answer.status,
    code: known?.code,
    cause: known?.cause,
    startedAt: passage.startedAt,
    durationMs: parts.clock.now().getTime() - passage.startedAt.getTime(),
    changes: passage.activeCall.changes,
    changeCount: passage.activeCall.changeCount,
    auditDetails: passage.auditDetails,
    request: passage.request,
    response: answer,
    requestBody: passage.requestBody?.text,
    responseBody: parts.capture?.responseBodies === true ? await capturedText(answer) : undefined,
  };
}
