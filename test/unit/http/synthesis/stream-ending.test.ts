import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { speakStreamRoute } from "../../../../src/http/synthesis/speak-stream.ts";
import { AVA, SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { speakingWith } from "../../../support/speaking.ts";

const URL_OF_STREAM = "http://localhost/api/v1/synthesis/speak/stream";
const EVENTS = "text/event-stream";

type Script = Parameters<typeof recordingSynthesizer>[0];

/** A stream that speaks as told, and what is written down of it. */
async function streamed(script: Script, accept: string) {
  const logger = recordingLogger();
  const metrics = new RecordingMetrics();
  const { speakStream } = speakingWith(recordingSynthesizer(script));
  const route = speakStreamRoute(speakStream, { metrics, nowMs: () => 0 });
  const body = JSON.stringify({ text: "Hello", voice: AVA.voiceName, cache: "bypass", format: "wav" });
  const headers = { "content-type": "application/json", accept };
  const request = new Request(URL_OF_STREAM, { method: "POST", headers, body });
  const response = await route.handle({
    requestId: "req_1",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    principal: SPEAKER,
    signal: request.signal,
    logger,
    request,
    url: new URL(URL_OF_STREAM),
  });
  return { response, logger, metrics };
}

const cut: Script = () => [silence(10), new ServiceError("speech-unavailable", "The connection broke.")];

describe("the end of a stream", () => {
  it.each(["audio/*", EVENTS])("is logged and counted when the service breaks off: %s", async (accept) => {
    const { response, logger, metrics } = await streamed(cut, accept);

    await response.arrayBuffer().catch(() => undefined);

    expect(logger.lines).toMatchObject([
      { level: "error", attributes: { outcome: "failed", code: "speech-unavailable" } },
    ]);
    expect(metrics.recorded).toEqual([
      { name: "voice_streams_total", labels: { operation: "speakStream", outcome: "failed" }, value: 1 },
      {
        name: "voice_request_errors_total",
        labels: { operation: "speakStream", code: "speech-unavailable" },
        value: 1,
      },
    ]);
  });

  it.each(["audio/*", EVENTS])("is told when it is complete: %s", async (accept) => {
    const { response, logger, metrics } = await streamed(() => [silence(10)], accept);

    await response.arrayBuffer();

    expect(logger.lines).toMatchObject([{ level: "info", attributes: { outcome: "complete" } }]);
    expect(metrics.values("voice_request_errors_total")).toEqual([]);
  });

  it.each(["audio/*", EVENTS])("is no failure when the client goes: %s", async (accept) => {
    const many = Array.from({ length: 50 }, () => silence(10));
    const { response, logger, metrics } = await streamed(() => many, accept);

    await response.body?.cancel();

    expect(logger.lines).toMatchObject([{ level: "info", attributes: { outcome: "aborted" } }]);
    expect(metrics.values("voice_request_errors_total")).toEqual([]);
  });
});
