import { describe, expect, it } from "vitest";
import { JsonLogger } from "../../../../src/adapters/telemetry/json-logger.ts";
import type { LogLevel } from "../../../../src/application/ports/logger.ts";
import { ManualClock } from "../../../support/manual-clock.ts";

function logger(level: LogLevel = "debug") {
  const lines: string[] = [];
  const clock = new ManualClock(new Date("2026-11-22T12:00:00Z"));
  return { subject: new JsonLogger({ level, clock, write: (line) => lines.push(line) }), lines };
}

describe("a log line", () => {
  it("is one line of JSON with time, level, message and attributes", () => {
    const { subject, lines } = logger();

    subject.with({ requestId: "req_1" }).log("info", "Request finished", { status: 200, note: "a\nb" });

    expect(lines).toEqual([
      '{"timestamp":"2026-11-22T12:00:00.000Z","level":"info","message":"Request finished","requestId":"req_1","status":200,"note":"a\\nb"}',
    ]);
  });

  it("below the level is not written", () => {
    const { subject, lines } = logger("warning");

    subject.log("info", "quiet");
    subject.log("warning", "heard");

    expect(lines).toHaveLength(1);
  });

  it("cannot be given another time, level or message by an attribute", () => {
    const { subject, lines } = logger();

    subject.log("info", "true", { message: "false", level: "error" });

    expect(lines[0]).toContain('"level":"info","message":"true"}');
  });

  it.each([
    ["authorization", "Bearer abc"],
    ["requestHeader.cookie", "session=1"],
    ["error", "401 for Bearer abcdefghijkl"],
    ["error", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"],
    ["url", "https://x.blob.core.windows.net/a?sv=1&sig=c2VjcmV0&se=2"],
    ["error", "DefaultEndpointsProtocol=https;AccountKey=c2VjcmV0==;x"],
    ["responseBody", '{"secret":"whsec_c2VjcmV0+/c2VjcmV0c2Vj="}'],
    ["url", "wss://h/tts?Ocp-Apim-Subscription-Key=0123456789abcdef"],
  ])("never shows a secret in %s", (name, value) => {
    const { subject, lines } = logger();

    subject.log("info", "x", { [name]: value });

    expect(lines[0]).not.toMatch(/abc|session|eyJ|c2VjcmV0|0123456789/);
  });

  it("cuts values that are very long", () => {
    const { subject, lines } = logger();

    subject.log("info", "x", { body: "a".repeat(100_000) });

    expect(lines[0]?.length).toBeLessThan(9_000);
  });

  it("keeps what only begins as a secret does, however long it is", () => {
    const { subject, lines } = logger();
    const body = "eyJ" + "a".repeat(8_000);

    subject.log("info", "x", { body, other: "Bearer ".repeat(1_100) });

    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ body, other: "Bearer [token] ".repeat(550) });
  });
});
