import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Envelope,
  type RunningIngestion,
  startIngestion,
} from "../../local/application-insights/start-ingestion.ts";
import { ApplicationInsightsTracer } from "../../src/adapters/telemetry/application-insights-tracer.ts";
import { recordingLogger } from "../support/recording-logger.ts";

const REQUEST = { name: "POST /api/v1/voices/train", kind: "server", parent: undefined } as const;
const CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

let ingestion: RunningIngestion;
let tracer: ApplicationInsightsTracer;

beforeAll(async () => {
  process.env["APPLICATION_INSIGHTS_NO_STATSBEAT"] = "true";
  ingestion = await startIngestion();
  setDefaultCACertificates([...getCACertificates("default"), ingestion.certificate]);
  tracer = new ApplicationInsightsTracer({
    connectionString: ingestion.connectionString,
    logger: recordingLogger(),
  });
});

afterAll(async () => {
  await tracer.shutdown();
  await ingestion.close();
});

async function telemetryOf(name: string): Promise<Envelope | undefined> {
  await tracer.flush();
  return ingestion.received().find(({ data }) => data.baseData["name"] === name);
}

describe("Application Insights", () => {
  it("gets what ended before the library was loaded, in the caller's trace", async () => {
    const span = tracer.start({ name: "GET /early", kind: "server", parent: CALLER });
    span.end({ isFailed: false });

    const telemetry = await telemetryOf("GET /early");

    expect(span.traceparent).toContain("4bf92f3577b34da6a3ce929d0e0e4736");
    expect(telemetry?.tags["ai.operation.id"]).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
  });

  it("shows one trace from the request through the activity to the upstream call", async () => {
    await tracer.flush();
    const request = tracer.start(REQUEST);
    const activity = tracer.start({ name: "activity train", kind: "internal", parent: request.traceparent });
    const upstream = tracer.start({ name: "speech create", kind: "client", parent: activity.traceparent });
    upstream.end({ isFailed: false });
    activity.end({ isFailed: false });
    request.end({
      isFailed: false,
      attributes: { "http.response.status_code": 202, "voice.operation": "trainVoice" },
    });

    await tracer.flush();
    const [outer, middle, inner] = [REQUEST.name, "activity train", "speech create"].map((name) =>
      ingestion.received().find(({ data }) => data.baseData["name"] === name),
    );

    const traceId = request.traceparent.split("-")[1];
    const ids = [outer, middle, inner].map((one) => one?.tags["ai.operation.id"]);
    expect(ids).toEqual([traceId, traceId, traceId]);
    expect(inner?.tags["ai.operation.parentId"]).toBe(activity.traceparent.split("-")[2]);
    expect(middle?.tags["ai.operation.parentId"]).toBe(request.traceparent.split("-")[2]);
    expect(outer?.data.baseType).toBe("RequestData");
    expect(inner?.data.baseType).toBe("RemoteDependencyData");
  });

  it("tells failures apart", async () => {
    tracer.start({ name: "speech fail", kind: "client", parent: undefined }).end({ isFailed: true });

    const telemetry = await telemetryOf("speech fail");

    expect(telemetry?.data.baseData["success"]).toBe(false);
  });
});
