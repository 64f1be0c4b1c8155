import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningIngestion, startIngestion } from "../../local/application-insights/start-ingestion.ts";
import { AsyncActiveCalls } from "../../src/adapters/system/async-active-calls.ts";
import { ApplicationInsightsTracer } from "../../src/adapters/telemetry/application-insights-tracer.ts";
import type { Activities } from "../../src/application/ports/activities.ts";
import { tracedActivities } from "../../src/application/tracing/traced-activities.ts";
import { withClientSpans } from "../../src/application/tracing/with-client-spans.ts";
import { ServiceError } from "../../src/domain/errors/service-error.ts";
import { makePipeline } from "../../src/http/pipeline.ts";
import { route } from "../../src/http/route.ts";
import { CountingIds } from "../support/counting-ids.ts";
import { rowOf, rowsOf, type TelemetryRow } from "../support/kusto-filter.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { principalWith } from "../support/principals.ts";
import { recordingLogger } from "../support/recording-logger.ts";

const ALERTS = queriesIn("infra/operations/alerts.bicep", /^ +query: '(.+)'$/gm);
const WORKBOOK = queriesIn("docs/operations/azure-workbook.json", /"query": "(.+)",$/gm);
/** The Functions host itself tells of exceptions. */
const OWN_QUERIES = [...ALERTS, ...WORKBOOK].filter((query) => !query.startsWith("exceptions "));

let ingestion: RunningIngestion;
let tracer: ApplicationInsightsTracer;
let rows: readonly TelemetryRow[];

function queriesIn(file: string, pattern: RegExp): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(pattern)].map(([, query = ""]) => query);
}

beforeAll(async () => {
  process.env["APPLICATION_INSIGHTS_NO_STATSBEAT"] = "true";
  ingestion = await startIngestion();
  setDefaultCACertificates([...getCACertificates("default"), ingestion.certificate]);
  tracer = new ApplicationInsightsTracer({
    connectionString: ingestion.connectionString,
    logger: recordingLogger(),
  });
  await sendTelemetry();
  await tracer.flush();
  rows = ingestion.received().map(rowOf);
});

afterAll(async () => {
  await tracer.shutdown();
  await ingestion.close();
});

const throttled = () =>
  new ServiceError("speech-throttled", "Azure is over its quota.", { details: { upstreamStatus: 429 } });

const refuse = (): Promise<string> => Promise.reject(throttled());

/** A request that Azure throttles, over REST and over the websocket, and an activity that fails. */
async function sendTelemetry(): Promise<void> {
  const activeCalls = new AsyncActiveCalls();
  const ids = new CountingIds();
  const refusing = {
    synthesize: refuse,
    async *synthesizeWithEvents(): AsyncGenerator<string, void, void> {
      yield await refuse();
    },
  };
  const speech = withClientSpans(refusing, { tracer, activeCalls, system: "speech" });
  const speak = route(
    {
      operationId: "speak",
      method: "POST",
      path: "/api/v1/synthesis/speak",
      tag: "Test",
      summary: "Speak",
      permission: "synthesis:run",
      responses: {},
    },
    async () => {
      await expect(speech.synthesizeWithEvents().next()).rejects.toThrow("quota");
      return new Response(await speech.synthesize());
    },
  );
  const answer = makePipeline({
    authenticator: { authenticate: async () => principalWith(["Voice.User"]) },
    limiter: { take: async () => ({}) },
    observers: [],
    logger: recordingLogger(),
    clock: new ManualClock(),
    ids,
    activeCalls,
    tracer,
    allowedHosts: [],
    allowedOrigins: [],
    trustedProxyCount: 1,
    includeStack: false,
  });
  const request = new Request("https://api.example.com/api/v1/synthesis/speak", {
    method: "POST",
    headers: { authorization: "Bearer token" },
  });
  expect((await answer(speak, request)).status).toBe(429);
  const activities = tracedActivities({ createAzureConsent: refuse } as unknown as Activities, {
    tracer,
    activeCalls,
    ids,
  });
  await expect(activities.createAzureConsent({ voiceId: "v", ownerId: "o" })).rejects.toThrow("quota");
}

describe("the queries of alerts and workbook", () => {
  it("are all known here", () => {
    expect(ALERTS).toHaveLength(4);
    expect(WORKBOOK).toHaveLength(6);
  });

  it.each(OWN_QUERIES)("find what the app sends: %s", (query) => {
    expect(rowsOf(query, rows)).not.toEqual([]);
  });

  it("read only custom dimensions that reach Application Insights", () => {
    const asked = OWN_QUERIES.flatMap((query) =>
      [...query.matchAll(/customDimensions\[["']([^"']+)["']\]/g)].map(([, name = ""]) => name),
    );

    const sent = new Set(rows.flatMap(({ customDimensions }) => Object.keys(customDimensions)));

    expect(asked.length).toBeGreaterThan(4);
    expect(asked.filter((name) => !sent.has(name))).toEqual([]);
  });

  it("can count requests by status, since the status becomes the result code and method and route the name", () => {
    const requests = rows.filter(({ table }) => table === "requests").map(({ columns }) => columns);

    expect(requests).toEqual([
      expect.objectContaining({ name: "POST /api/v1/synthesis/speak", resultCode: "429" }),
    ]);
  });

  it("count a throttled call to Speech over REST and one over the websocket", () => {
    const query = ALERTS.find((one) => one.includes("speech-throttled")) ?? "";
    const found = rowsOf(query, rows);

    expect(found.map(({ columns }) => columns["name"])).toEqual([
      "speech synthesizeWithEvents",
      "speech synthesize",
    ]);
    expect(found.map(({ customDimensions }) => customDimensions["voice.upstream_status"])).toEqual([
      "429",
      "429",
    ]);
  });
});
