import { describe, expect, it } from "vitest";
import { FaultRegistry } from "../../../../local/faults/fault-registry.ts";

const throttle = { kind: "throttle" } as const;

/** Of 2,000 calls. */
function takenWith(seed: number): { readonly taken: readonly boolean[]; readonly happened: number } {
  const faults = new FaultRegistry();
  faults.add({ service: "speech", action: throttle, times: 10_000, rate: { share: 0.05, seed } });
  const taken = Array.from(
    { length: 2_000 },
    () => faults.take({ service: "speech" }, ["throttle"]) !== undefined,
  );
  return { taken, happened: faults.list()[0]?.happened ?? 0 };
}

describe("a registered fault", () => {
  it("happens once when nothing else is said", () => {
    const faults = new FaultRegistry();
    faults.add({ service: "speech", action: throttle });

    const taken = [1, 2].map(() => faults.take({ service: "speech" }, ["throttle"]));

    expect(taken).toEqual([throttle, undefined]);
  });

  it("happens as many times as asked", () => {
    const faults = new FaultRegistry();
    faults.add({ service: "speech", action: throttle, times: 2 });

    const taken = [1, 2, 3].map(() => faults.take({ service: "speech" }, ["throttle"]));

    expect(taken).toEqual([throttle, throttle, undefined]);
  });

  it("happens until its time is over", () => {
    let nowMs = 1000;
    const faults = new FaultRegistry(() => nowMs);
    faults.add({ service: "speech", action: throttle, times: { forMs: 500 } });

    const before = [1, 2, 3].map(() => faults.take({ service: "speech" }, ["throttle"]));
    nowMs = 1500;
    const after = faults.take({ service: "speech" }, ["throttle"]);

    expect(before).toEqual([throttle, throttle, throttle]);
    expect(after).toBeUndefined();
  });

  it("waits for a call that has all its facts", () => {
    const faults = new FaultRegistry();
    faults.add({ service: "speech", match: { voice: "A", method: "POST" }, action: throttle });

    const others = [
      { service: "translator", voice: "A", method: "POST" },
      { service: "speech", voice: "B", method: "POST" },
      { service: "speech", voice: "A" },
    ].map((facts) => faults.take(facts, ["throttle"]));

    expect(others).toEqual([undefined, undefined, undefined]);
    expect(faults.take({ service: "speech", voice: "A", method: "POST", id: "1" }, ["throttle"])).toEqual(
      throttle,
    );
  });

  it("waits for the place that can act it out", () => {
    const faults = new FaultRegistry();
    faults.add({ service: "speech", action: { kind: "consent-mismatch" } });

    expect(faults.take({ service: "speech" }, ["throttle", "cut"])).toBeUndefined();
    expect(faults.take({ service: "speech" }, ["consent-mismatch"])).toEqual({ kind: "consent-mismatch" });
  });

  it("happens in the order of registration", () => {
    const faults = new FaultRegistry();
    faults.add({ service: "speech", action: { kind: "status", status: 503 } });
    faults.add({ service: "speech", action: { kind: "status", status: 500 } });

    const taken = [1, 2].map(() => faults.take({ service: "speech" }, ["status"])?.status);

    expect(taken).toEqual([503, 500]);
  });

  it("happens to a share of the calls, to the same ones for the same seed, and tells how often", () => {
    const [first, again, other] = [takenWith(1), takenWith(1), takenWith(2)];

    const count = first.taken.filter(Boolean).length;
    expect(first).toEqual(again);
    expect(first.taken).not.toEqual(other.taken);
    expect(first.happened).toBe(count);
    expect(count).toBeGreaterThan(60);
    expect(count).toBeLessThan(140);
  });

  it("is refused when no such fault exists", () => {
    const faults = new FaultRegistry();

    expect(() => faults.add(JSON.parse(`{"service":"speech","action":{"kind":"explode"}}`))).toThrow(/kind/);
  });

  it("can be dropped", () => {
    const faults = new FaultRegistry();
    faults.add({ service: "speech", action: throttle, times: 5 });

    faults.clear();

    expect(faults.list()).toEqual([]);
  });
});
