import { describe, expect, it } from "vitest";
import { AsyncActiveCalls } from "../../../src/adapters/system/async-active-calls.ts";
import { PassingTracer } from "../../../src/adapters/telemetry/passing-tracer.ts";
import { unlimited } from "../../../src/application/limits/unlimited.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { accessLog } from "../../../src/http/observers/access-log.ts";
import { requestMetrics } from "../../../src/http/observers/request-metrics.ts";
import { makePipeline } from "../../../src/http/pipeline.ts";
import { jsonResponse } from "../../../src/http/responses.ts";
import { type Route, route } from "../../../src/http/route.ts";
import { StreamedResponse } from "../../../src/http/stream-ending.ts";
import { speakStreamRoute } from "../../../src/http/synthesis/speak-stream.ts";
import { AVA, SPEAKER } from "../../support/catalog-voice.ts";
import { recordingLogger } from "../../support/recording-logger.ts";
import { RecordingMetrics } from "../../support/recording-metrics.ts";
import { recordingSynthesizer, silence } from "../../support/recording-synthesizer.ts";
import { speakingWith } from "../../support/speaking.ts";

const ORIGIN = "http://localhost";
const EVENTS = "text/event-stream";

type Script = Parameters<typeof recordingSynthesizer>[0];

/** Answers through the pipeline, whose log shows no requests: what is written down is of the stream alone. */
async function answered(answering: Route, request: Request) {
  const logger = recordingLogger();
  const metrics = new RecordingMetrics();
  const answer = makePipeline({
    authenticator: { authenticate: async () => SPEAKER },
    limiter: unlimited,
    observers: [
      accessLog(logger, { requests: true, responses: true, headers: false }),
      requestMetrics(metrics),
    ],
    logger,
    clock: { now: () => new Date("2026-11-22T12:00:00Z") },
    ids: { next: (prefix) => `${prefix}_1`, uuid: () => "00000000-0000-4000-8000-000000000000" },
    activeCalls: new AsyncActiveCalls(),
    tracer: new PassingTracer(),
    allowedHosts: [],
    trustedProxyCount: 1,
    allowedOrigins: [],
    includeStack: false,
  });
  const response = await answer(answering, request);
  return {
    response,
    endings: () => logger.lines.filter(({ message }) => message === "Stream ended"),
    failures: () => metrics.recorded.filter(({ name }) => name === "voice_request_errors_total"),
    counted: () => metrics.recorded.filter(({ name }) => name === "voice_streams_total"),
  };
}

function spoken(script: Script, accept: string) {
  const { speakStream } = speakingWith(recordingSynthesizer(script));
  const body = JSON.stringify({ text: "Hello", voice: AVA.voiceName, cache: "bypass", format: "wav" });
  const headers = { authorization: "Bearer t0ken", "content-type": "application/json", accept };
  const request = new Request(`${ORIGIN}/api/v1/synthesis/speak/stream`, { method: "POST", headers, body });
  return answered(speakStreamRoute(speakStream), request);
}

/** A download whose chunks come from anywhere: history, archive, export. */
function downloaded(body: ReadableStream<Uint8Array>, signal?: AbortSignal) {
  const download = route(
    {
      operationId: "download",
      method: "GET",
      path: "/download",
      tag: "Test",
      summary: "Download",
      permission: "synthesis:read",
      responses: {},
    },
    async () => new StreamedResponse(body, { "content-type": "application/zip" }),
  );
  const headers = { authorization: "Bearer t0ken" };
  return answered(
    download,
    new Request(`${ORIGIN}/download`, { headers, ...(signal !== undefined && { signal }) }),
  );
}

/** Two chunks, and then what happens to it. */
function chunksThen(end: (controller: ReadableStreamDefaultController<Uint8Array>) => void) {
  let count = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      count += 1;
      if (count > 2) {
        end(controller);
      } else {
        controller.enqueue(new Uint8Array(3));
      }
    },
  });
}

const cut: Script = () => [silence(10), new ServiceError("speech-unavailable", "The connection broke.")];

describe("the end of streamed speech", () => {
  it.each(["audio/*", EVENTS])("is logged and counted when the service breaks off: %s", async (accept) => {
    const { response, endings, counted, failures } = await spoken(cut, accept);

    await response.arrayBuffer().catch(() => undefined);

    expect(endings()).toMatchObject([
      {
        level: "error",
        attributes: {
          outcome: "failed",
          code: "speech-unavailable",
          requestId: "req_1",
          operation: "speakStream",
        },
      },
    ]);
    expect(counted()).toMatchObject([{ labels: { operation: "speakStream", outcome: "failed" } }]);
    expect(failures()).toMatchObject([{ labels: { operation: "speakStream", code: "speech-unavailable" } }]);
  });

  it.each(["audio/*", EVENTS])("is told when it is complete: %s", async (accept) => {
    const { response, endings, failures } = await spoken(() => [silence(10)], accept);

    await response.arrayBuffer();

    expect(endings()).toMatchObject([{ level: "info", attributes: { outcome: "complete" } }]);
    expect(failures()).toEqual([]);
  });

  it.each(["audio/*", EVENTS])("is no failure when the client goes: %s", async (accept) => {
    const many = Array.from({ length: 50 }, () => silence(10));
    const { response, endings, failures } = await spoken(() => many, accept);

    await response.body?.cancel();

    expect(endings()).toMatchObject([{ level: "info", attributes: { outcome: "aborted" } }]);
    expect(failures()).toEqual([]);
  });
});

describe("the end of a download", () => {
  it("that breaks in the middle breaks the body, and is logged and counted once", async () => {
    const gone = new ServiceError("store-unavailable", "The storage account does not answer.");
    const { response, endings, counted, failures } = await downloaded(chunksThen((body) => body.error(gone)));

    await expect(response.arrayBuffer()).rejects.toBe(gone);

    expect(endings()).toMatchObject([
      { level: "error", attributes: { outcome: "failed", code: "store-unavailable", operation: "download" } },
    ]);
    expect(counted()).toMatchObject([{ labels: { operation: "download", outcome: "failed" } }]);
    expect(failures()).toMatchObject([{ labels: { code: "store-unavailable" } }]);
  });

  it("is complete when its last chunk was read", async () => {
    const { response, endings } = await downloaded(chunksThen((body) => body.close()));

    expect((await response.arrayBuffer()).byteLength).toBe(6);
    expect(endings()).toMatchObject([{ level: "info", attributes: { outcome: "complete" } }]);
  });

  it("is told when the client goes before it has read anything", async () => {
    const client = new AbortController();
    const { endings, counted } = await downloaded(
      chunksThen((body) => body.close()),
      client.signal,
    );

    client.abort();

    expect(endings()).toMatchObject([{ attributes: { outcome: "aborted" } }]);
    expect(counted()).toMatchObject([{ labels: { outcome: "aborted" } }]);
  });

  it("lets the source go when the client goes", async () => {
    let reason: unknown;
    const source = new ReadableStream<Uint8Array>({ cancel: (why) => void (reason = why) });
    const { response } = await downloaded(source);

    await response.body?.cancel("gone");

    expect(reason).toBe("gone");
  });
});

describe("an answer that is whole before it is sent", () => {
  it("has no end of its own", async () => {
    const whole = route(
      {
        operationId: "whole",
        method: "GET",
        path: "/whole",
        tag: "Test",
        summary: "Whole",
        permission: "public",
        responses: {},
      },
      async () => jsonResponse(200, {}),
    );
    const { response, counted } = await answered(whole, new Request(`${ORIGIN}/whole`));

    await response.text();

    expect(counted()).toEqual([]);
  });
});
