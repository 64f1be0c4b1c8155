import { describe, expect, it } from "vitest";
import { allPending } from "../../../../src/domain/batch/batch-counts.ts";
import { type BatchStatus, endedStatus } from "../../../../src/domain/batch/batch.ts";

function endOf(
  counts: { readonly succeeded?: number; readonly failed?: number; readonly canceled?: number },
  { status = "running", hasBroken = false }: { status?: BatchStatus; hasBroken?: boolean } = {},
): BatchStatus {
  return endedStatus(status, { counts: { ...allPending(3), pending: 0, ...counts }, hasBroken });
}

describe("a batch that has ended", () => {
  it("is completed only when every item was spoken", () => {
    expect(endOf({ succeeded: 3 })).toBe("completed");
    expect(endOf({ succeeded: 2, failed: 1 })).toBe("completed-with-errors");
    expect(endOf({ succeeded: 2, canceled: 1 })).toBe("completed-with-errors");
  });

  it("has failed when nothing was spoken or its run has broken", () => {
    expect(endOf({ failed: 3 })).toBe("failed");
    expect(endOf({ succeeded: 2, canceled: 1 }, { hasBroken: true })).toBe("failed");
  });

  it("stays canceled, or on its way out, whatever was spoken", () => {
    expect(endOf({ succeeded: 3 }, { status: "canceling" })).toBe("canceled");
    expect(endOf({ succeeded: 1, canceled: 2 }, { status: "canceled", hasBroken: true })).toBe("canceled");
    expect(endOf({ failed: 3 }, { status: "deleting" })).toBe("deleting");
  });
});
