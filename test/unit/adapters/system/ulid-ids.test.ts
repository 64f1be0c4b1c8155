import { describe, expect, it } from "vitest";
import { UlidIds } from "../../../../src/adapters/system/ulid-ids.ts";
import { ManualClock } from "../../../support/manual-clock.ts";

describe("ids", () => {
  it("sort in the order in which they were made, also within one millisecond", () => {
    const ids = new UlidIds(new ManualClock());

    const made = Array.from({ length: 100 }, () => ids.next("voice"));

    expect(made.toSorted()).toEqual(made);
  });

  it("carry their prefix and a ULID", () => {
    const ids = new UlidIds(new ManualClock());

    expect(ids.next("voice")).toMatch(/^voice_[0-9A-HJKMNP-TV-Z]{26}$/);
  });
});
