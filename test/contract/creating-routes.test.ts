import { describe, expect, it } from "vitest";
import { describedRoutes } from "../../scripts/described-routes.ts";

/** POSTs that answer 201 or 202 and create nothing; each with what a repetition does instead. */
const CHANGES: Readonly<Record<string, string>> = {
  cancelTraining: "a voice that is being canceled stays so",
  retryTraining: "only a voice that failed takes it, so a repetition is refused",
  suspendVoice: "a voice that is being suspended stays so",
  resumeVoice: "a voice that is being resumed stays so",
  cancelBatch: "a batch that is being canceled stays so",
  retryBatch: "only an ended batch takes it, so a repetition is refused",
  replayWebhookDelivery: "the notification keeps its id, by which receivers know a repetition",
};

const accepting = describedRoutes()
  .map(({ spec }) => spec)
  .filter(({ method, responses }) => method === "POST" && (201 in responses || 202 in responses));

describe("a POST that answers 201 or 202", () => {
  it.each(accepting)("takes an Idempotency-Key, or creates nothing: $operationId", (spec) => {
    expect(spec.idempotent === true).toBe(!(spec.operationId in CHANGES));
  });

  it("is still there for every exemption", () => {
    const names = accepting.map(({ operationId }) => operationId);

    expect(Object.keys(CHANGES).filter((name) => !names.includes(name))).toEqual([]);
  });
});
