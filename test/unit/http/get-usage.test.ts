import { describe, expect, it } from "vitest";
import type { ReadUsage } from "../../../src/application/usage/read-usage.ts";
import { getUsageRoute } from "../../../src/http/usage/get-usage.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { principalWith } from "../../support/principals.ts";
import { recordingLogger } from "../../support/recording-logger.ts";

const TOTAL = { requests: 0, characters: 0, charactersBilled: 0, durationMs: 0, cacheHits: 0, cost: 0 };

const readNothing: ReadUsage = async () => ({ rows: [], total: TOTAL });

function usage(query: string): Promise<Response> {
  const clock = new ManualClock(new Date("2026-11-22T13:00:00.000Z"));
  const request = new Request(`http://localhost/api/v1/usage${query}`);
  return getUsageRoute(readNothing, { clock, currency: "USD" }).handle({
    requestId: "request-1",
    traceparent: "",
    principal: principalWith(["Voice.User"]),
    signal: request.signal,
    logger: recordingLogger(),
    request,
    url: new URL(request.url),
  });
}

describe("the period of a usage report", () => {
  it("ends today and begins 30 days before unless the query says otherwise", async () => {
    expect(await (await usage("")).json()).toMatchObject({ from: "2026-10-23", to: "2026-11-22" });
    expect((await usage("?from=2026-11-22&to=2026-11-22")).status).toBe(200);
  });

  it.each(["?from=2026-11-02&to=2026-11-01", "?from=2026-11-23"])(
    "is refused when it ends before it begins: %s",
    async (query) => {
      await expect(usage(query)).rejects.toMatchObject({
        code: "request-invalid",
        errors: [{ field: "from" }],
      });
    },
  );
});
