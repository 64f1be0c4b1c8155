import { describe, expect, it } from "vitest";
import { z } from "zod";
import { PassingTracer } from "../../../src/adapters/telemetry/passing-tracer.ts";
import { AsyncActiveCalls } from "../../../src/adapters/system/async-active-calls.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { accessLog } from "../../../src/http/observers/access-log.ts";
import { makePipeline, type PipelineParts } from "../../../src/http/pipeline.ts";
import type { RequestOutcome } from "../../../src/http/request-observer.ts";
import { jsonResponse } from "../../../src/http/responses.ts";
import { type Route, route } from "../../../src/http/route.ts";
import { principalWith } from "../../support/principals.ts";
import { recordingLogger } from "../../support/recording-logger.ts";

const URL_OF_ECHO = "https://api.example.com/api/v1/echo";

function echoRoute(handler: () => Promise<Response> = async () => jsonResponse(200, { said: true })): Route {
  return route(
    {
      operationId: "echo",
      method: "POST",
      path: "/api/v1/echo",
      tag: "Test",
      summary: "Echo",
      permission: "synthesis:run",
      body: { schema: z.object({ text: z.string() }), mediaTypes: ["application/json"], maxBytes: 100 },
      responses: {},
    },
    handler,
  );
}

/** A pipeline whose steps write down that they ran. */
function tracedPipeline(overrides: Partial<PipelineParts> = {}) {
  const steps: string[] = [];
  const outcomes: RequestOutcome[] = [];
  const parts: PipelineParts = {
    authenticator: {
      authenticate: async (token) => {
        steps.push(`authenticate ${token ?? "nothing"}`);
        return principalWith(["Voice.User"]);
      },
    },
    limiter: {
      take: async ({ kind, id }, limitClass) => {
        steps.push(`limit ${kind} ${id} ${limitClass}`);
        return { ratelimit: '"default";r=99' };
      },
    },
    observers: [
      {
        finished: async (outcome) => {
          steps.push(`observe ${outcome.status}`);
          outcomes.push(outcome);
        },
      },
    ],
    logger: recordingLogger(),
    clock: { now: () => new Date("2026-11-22T12:00:00Z") },
    ids: { next: (prefix) => `${prefix}_1`, uuid: () => "00000000-0000-4000-8000-000000000000" },
    activeCalls: new AsyncActiveCalls(),
    tracer: new PassingTracer(),
    allowedHosts: ["api.example.com"],
    trustedProxyCount: 1,
    allowedOrigins: ["https://app.example.com"],
    includeStack: false,
    ...overrides,
  };
  return { answer: makePipeline(parts), steps, outcomes };
}

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Request {
  return new Request(URL_OF_ECHO, {
    method: "POST",
    headers: { authorization: "Bearer t0ken", "content-type": "application/json", ...headers },
    body,
  });
}

const CAPTURE_ALL = { requestBodies: true, responseBodies: true };

/** A request of the echo route whose length is not declared. */
function streamed(body: ReadableStream<Uint8Array>): Request {
  const headers = { authorization: "Bearer t0ken", "content-type": "application/json" };
  return new Request(URL_OF_ECHO, { method: "POST", headers, body, duplex: "half" });
}

describe("the request pipeline", () => {
  it("authenticates, then counts, then handles, then tells the observers", async () => {
    const { answer, steps } = tracedPipeline();
    const handled = echoRoute(async () => {
      steps.push("handle");
      return jsonResponse(200, {});
    });

    const response = await answer(handled, post('{"text":"hi"}'));

    expect(response.status).toBe(200);
    expect(steps).toEqual(["authenticate t0ken", "limit principal user-1 default", "handle", "observe 200"]);
  });

  it("refuses a foreign host before anybody is authenticated", async () => {
    const { answer, steps } = tracedPipeline({ allowedHosts: ["other.example.com"] });

    const response = await answer(echoRoute(), post('{"text":"hi"}'));

    expect(response.status).toBe(421);
    expect(steps).toEqual(["observe 421"]);
  });

  it("refuses a body that is declared too large before anybody is authenticated", async () => {
    const { answer, steps } = tracedPipeline();

    const response = await answer(
      echoRoute(),
      post(JSON.stringify({ text: "a".repeat(200) }), { "content-length": "213" }),
    );

    expect(response.status).toBe(413);
    expect(steps).toEqual(["observe 413"]);
  });

  it("names the missing role when the permission is not given, before the budget is touched", async () => {
    const reader = { authenticate: async () => principalWith(["Voice.Reader"]) };
    const { answer, steps } = tracedPipeline({ authenticator: reader });

    const response = await answer(echoRoute(), post('{"text":"hi"}'));

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: "permission-denied",
      details: { role: "Voice.User" },
    });
    expect(steps).toEqual(["observe 403"]);
  });

  it("answers every failure as a problem document with code, request id and recovery", async () => {
    const { answer } = tracedPipeline();
    const failing = echoRoute(async () => {
      throw new ServiceError("speech-unavailable", "No answer.", { retryAfterSeconds: 7 });
    });

    const response = await answer(failing, post('{"text":"hi"}', { "x-request-id": "client-request-1" }));

    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({
      type: "https://api.example.com/docs/errors#speech-unavailable",
      status: 503,
      code: "speech-unavailable",
      instance: "/api/v1/echo",
      requestId: "client-request-1",
      retryAfterSeconds: 7,
      recovery: expect.arrayContaining([expect.any(String)]),
    });
  });

  it("tells nothing of an unexpected error to the client and all of it to the observers", async () => {
    const { answer, outcomes } = tracedPipeline();
    const bug = new TypeError("secret internals");
    const broken = echoRoute(() => Promise.reject(bug));

    const response = await answer(broken, post('{"text":"hi"}'));

    expect(await response.text()).not.toContain("secret");
    expect(outcomes[0]).toMatchObject({ status: 500, code: "internal-error", cause: bug });
  });

  it.each([
    ["JSON that is cut", "application/json", '{"text": my secret sentence'],
    ["JSON in the wrong encoding", "application/json", new Uint8Array([0x22, 0xff, 0x22])],
  ])("logs a refused body, %s, without a word of it", async (_what, contentType, body) => {
    const logger = recordingLogger();
    const observers = [accessLog(logger, { requests: true, responses: true, headers: false })];
    const { answer } = tracedPipeline({ observers });

    const response = await answer(echoRoute(), post(body, { "content-type": contentType }));

    expect(response.status).toBe(400);
    expect(logger.lines).toMatchObject([{ attributes: { code: "request-malformed", status: 400 } }]);
    expect(JSON.stringify(logger.lines)).not.toMatch(/secret|SyntaxError|TypeError/);
  });

  it("adds the stack of an unexpected error only where that is switched on", async () => {
    const { answer } = tracedPipeline({ includeStack: true });

    const response = await answer(
      echoRoute(() => Promise.reject(new TypeError("boom"))),
      post('{"text":"hi"}'),
    );

    expect(await response.json()).toMatchObject({ stack: expect.stringContaining("TypeError: boom") });
  });

  it("replaces a request id that could harm a log by one of its own", async () => {
    const { answer } = tracedPipeline();

    const response = await answer(echoRoute(), post('{"text":"hi"}', { "x-request-id": "a b" }));

    expect(response.headers.get("x-request-id")).toBe("req_1");
  });

  it("sends security headers, the budget and CORS headers with every answer", async () => {
    const { answer } = tracedPipeline();

    const response = await answer(echoRoute(), post('{"text":"hi"}', { origin: "https://app.example.com" }));

    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "https://app.example.com",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      ratelimit: '"default";r=99',
      "x-content-type-options": "nosniff",
    });
  });

  it("gives a foreign origin no CORS headers", async () => {
    const { answer } = tracedPipeline();

    const response = await answer(echoRoute(), post('{"text":"hi"}', { origin: "https://evil.example.com" }));

    expect(response.headers.has("access-control-allow-origin")).toBe(false);
  });

  it("tells observers the bodies that the handler has read and answered, where the operator wants them", async () => {
    const { answer, outcomes } = tracedPipeline({ capture: CAPTURE_ALL });

    await answer(echoRoute(), post('{"text":"hi"}'));

    expect(outcomes[0]).toMatchObject({ requestBody: '{"text":"hi"}', responseBody: '{"said":true}' });
  });

  it("reads no body for the log of a caller who is refused, though the body never comes", async () => {
    const refusing = { authenticate: () => Promise.reject(new ServiceError("token-invalid", "no")) };
    const { answer, outcomes } = tracedPipeline({ capture: CAPTURE_ALL, authenticator: refusing });

    const response = await answer(echoRoute(), streamed(new ReadableStream()));

    expect(response.status).toBe(401);
    expect(outcomes[0]?.requestBody).toBeUndefined();
  });

  it.each([true, false])("answers a body that is broken off alike, captured (%s) or not", async (isOn) => {
    const capture = { requestBodies: isOn, responseBodies: isOn };
    const { answer, outcomes } = tracedPipeline({ capture });
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("gone")),
    });

    const response = await answer(echoRoute(), streamed(broken));

    expect(response.status).toBe(500);
    expect(outcomes[0]?.requestBody).toBeUndefined();
  });

  it("answers although the body that it answers with breaks while it is captured", async () => {
    const { answer, outcomes } = tracedPipeline({ capture: CAPTURE_ALL });
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("gone")),
    });
    const breaking = echoRoute(
      async () => new Response(broken, { headers: { "content-type": "application/json" } }),
    );

    const response = await answer(breaking, post('{"text":"hi"}'));

    expect(response.status).toBe(200);
    expect(outcomes[0]?.responseBody).toBeUndefined();
  });

  it("tells observers what a handler adds to the audit entry of its request, failures after it too", async () => {
    const { answer, outcomes } = tracedPipeline();
    const failing: Route = {
      spec: echoRoute().spec,
      handle: ({ onAuditDetails }) => {
        onAuditDetails?.({ revision: 3 });
        onAuditDetails?.({ created: 1 });
        return Promise.reject(new ServiceError("store-unavailable", "Gone."));
      },
    };

    await answer(failing, post('{"text":"hi"}'));

    expect(outcomes[0]?.auditDetails).toEqual({ revision: 3, created: 1 });
  });

  it("answers although an observer fails", async () => {
    const { answer } = tracedPipeline({
      observers: [{ finished: () => Promise.reject(new Error("full disk")) }],
    });

    const response = await answer(echoRoute(), post('{"text":"hi"}'));

    expect(response.status).toBe(200);
  });
});
