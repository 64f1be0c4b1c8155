import { describe, expect, it } from "vitest";
import { UlidIds } from "../../../../src/adapters/system/ulid-ids.ts";
import { type AuditEntry, auditDefinition } from "../../../../src/application/audit/audit-entry.ts";
import { ANONYMOUS } from "../../../../src/domain/access/principal.ts";
import { accessLog } from "../../../../src/http/observers/access-log.ts";
import { auditTrail } from "../../../../src/http/observers/audit-trail.ts";
import { requestMetrics } from "../../../../src/http/observers/request-metrics.ts";
import type { RequestOutcome } from "../../../../src/http/request-observer.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";
import { requestOutcome } from "../../../support/request-outcome.ts";

const all = { requests: true, responses: true, headers: true };

async function logged(outcome: RequestOutcome, options = all) {
  const logger = recordingLogger();
  await accessLog(logger, options).finished(outcome);
  return logger.lines;
}

function thrownByParsing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

async function entriesAfter(outcome: RequestOutcome) {
  const clock = new ManualClock();
  const entries = new MemoryDocuments<AuditEntry>(auditDefinition, clock);
  await auditTrail(entries, new UlidIds(clock)).finished(outcome);
  return (await entries.query({ limit: 10 })).items;
}

describe("the access log", () => {
  it("says what was asked and how it ended, and names nobody", async () => {
    const [entry] = await logged(requestOutcome());

    expect(entry).toMatchObject({
      level: "info",
      attributes: {
        operation: "updateVoice",
        method: "PUT",
        status: 200,
        durationMs: 12,
        requestId: "req_1",
      },
    });
    expect(entry?.attributes["principal"]).toMatch(/^[0-9a-f]{16}$/);
  });

  it("gives one principal one hash", async () => {
    const [one] = await logged(requestOutcome());
    const [other] = await logged(requestOutcome({ status: 404 }));

    expect(one?.attributes["principal"]).toBe(other?.attributes["principal"]);
  });

  it("is silent when it is switched off, but for failures on our side", async () => {
    const off = { requests: false, responses: false, headers: false };

    await expect(logged(requestOutcome(), off)).resolves.toEqual([]);
    await expect(
      logged(requestOutcome({ status: 500, cause: new Error("bug") }), off),
    ).resolves.toMatchObject([{ level: "error", attributes: { error: expect.stringContaining("bug") } }]);
  });

  it("keeps what a client did wrong to itself, whatever was thrown", async () => {
    const [entry] = await logged(requestOutcome({ status: 400, cause: new Error("my secret sentence") }));

    expect(entry?.attributes["status"]).toBe(400);
    expect(JSON.stringify(entry)).not.toContain("secret sentence");
  });

  it("names a failed JSON parser on our side and its place, without the text that it quotes", async () => {
    const cause = thrownByParsing('{"text": my hidden sentence');

    const [entry] = await logged(requestOutcome({ status: 500, cause }));

    expect(entry?.attributes["error"]).toMatch(/^SyntaxError\n +at /);
    expect(JSON.stringify(entry)).not.toContain("hidden");
  });

  it("shows headers only when asked to", async () => {
    const [quiet] = await logged(requestOutcome(), { ...all, headers: false });

    expect(Object.keys(quiet?.attributes ?? {}).filter((name) => name.includes("Header"))).toEqual([]);
  });
});

describe("the request metrics", () => {
  it("count and time by operation, and count refusals by code", async () => {
    const metrics = new RecordingMetrics();

    await requestMetrics(metrics).finished(requestOutcome({ status: 404, code: "voice-not-found" }));

    expect(metrics.recorded).toEqual([
      { name: "voice_requests_total", labels: { operation: "updateVoice", status: "404" }, value: 1 },
      { name: "voice_request_duration_seconds", labels: { operation: "updateVoice" }, value: 0.012 },
      {
        name: "voice_request_errors_total",
        labels: { operation: "updateVoice", code: "voice-not-found" },
        value: 1,
      },
    ]);
  });
});

describe("the audit trail", () => {
  const readSpec = { ...requestOutcome().spec, method: "GET", permission: "voices:read" } as const;

  it("keeps who did what, when, from where and what changed", async () => {
    const changes = [{ collection: "voices", id: "voice_1", before: "a", after: "b" }];

    const [entry] = await entriesAfter(
      requestOutcome({ changes, changeCount: 1, auditDetails: { revision: 3 } }),
    );

    expect(entry).toMatchObject({
      partition: "2026-11-22",
      principalId: "ada",
      operation: "updateVoice",
      path: "/api/v1/voices/voice_1",
      clientAddress: "203.0.113.7",
      status: 200,
      code: null,
      changes,
      details: { revision: 3 },
    });
  });

  it("keeps refused writes", async () => {
    const [entry] = await entriesAfter(requestOutcome({ status: 403, code: "permission-denied" }));

    expect(entry?.code).toBe("permission-denied");
  });

  it.each([
    ["a read", { spec: readSpec }],
    ["a check that is sent as POST", { spec: { ...readSpec, method: "POST" } as const }],
    ["a synthesis", { spec: { ...readSpec, method: "POST", permission: "synthesis:run" } as const }],
    ["a request over the rate limit", { status: 429, code: "rate-limited" } as const],
    ["a caller without token", { status: 401, principal: undefined }],
    ["an anonymous caller", { principal: ANONYMOUS }],
  ])("keeps nothing of %s", async (_what, changes) => {
    await expect(entriesAfter(requestOutcome(changes))).resolves.toEqual([]);
  });
});
