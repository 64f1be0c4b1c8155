import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FairGate } from "../../../../src/application/limits/fair-gate.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";

const never = new AbortController().signal;

function gateWith(
  places: number,
  changes: { maxWaiting?: number; maxWaitingPerKey?: number; maxWaitMs?: number } = {},
) {
  const metrics = new RecordingMetrics();
  const gate = new FairGate({
    places: () => places,
    maxWaiting: changes.maxWaiting ?? 100,
    maxWaitingPerKey: changes.maxWaitingPerKey ?? 50,
    maxWaitMs: changes.maxWaitMs ?? 60_000,
    metrics,
    nowMs: () => 0,
  });
  return { gate, metrics };
}

/** Enters and writes down in which order keys got their place. */
function queueUp(gate: FairGate, key: string, order: string[]): Promise<() => void> {
  return gate.enter(key, never).then((release) => {
    order.push(key);
    return release;
  });
}

describe("the gate", () => {
  it("lets as many through at once as it has places", async () => {
    const { gate, metrics } = gateWith(2);
    await gate.enter("a", never);
    await gate.enter("b", never);
    const third = queueUp(gate, "c", []);

    expect(metrics.values("voice_queue_length").at(-1)).toBe(1);
    await expect(Promise.race([third, Promise.resolve("waits")])).resolves.toBe("waits");
  });

  it("serves a quiet principal before the long queue of a noisy one", async () => {
    const { gate } = gateWith(2);
    const order: string[] = [];
    const first = await gate.enter("noisy", never);
    await gate.enter("noisy", never);
    const noisy = Array.from({ length: 10 }, () => queueUp(gate, "noisy", order));
    const quiet = queueUp(gate, "quiet", order);

    first();
    await quiet;

    expect([order, noisy.length]).toEqual([["quiet"], 10]);
  });

  it("refuses who has waited too long, and serves who comes later", async () => {
    const { gate } = gateWith(1, { maxWaitMs: 1 });
    const release = await gate.enter("a", never);

    await expect(gate.enter("a", never)).rejects.toMatchObject({ code: "queue-full", retryable: true });

    release();
    await expect(gate.enter("a", never)).resolves.toBeTypeOf("function");
  });

  it("serves the lowest rank first among the callers of one principal, and ranks nobody above another", async () => {
    const { gate } = gateWith(2);
    const order: string[] = [];
    const first = await gate.enter("a", never);
    const second = await gate.enter("a", never);
    const enter = async (key: string, rank: number): Promise<void> => {
      const leave = await gate.enter(key, never, { rank });
      order.push(`${key}${rank}`);
      leave();
    };
    const waits = [enter("a", 2), enter("a", 1), enter("b", 9)];

    first();
    second();
    await Promise.all(waits);

    expect(order).toEqual(["b9", "a1", "a2"]);
  });

  it("keeps the order of arrival within one principal", async () => {
    const { gate } = gateWith(1);
    const order: string[] = [];
    const release = await gate.enter("a", never);
    const waits = ["a", "a", "a"].map((key, index) =>
      gate.enter(key, never).then((leave) => {
        order.push(String(index));
        return leave();
      }),
    );

    release();
    await Promise.all(waits);

    expect(order).toEqual(["0", "1", "2"]);
  });

  it("refuses a principal whose own queue is full while others may still wait", async () => {
    const { gate } = gateWith(1, { maxWaitingPerKey: 1 });
    await gate.enter("noisy", never);
    const waiting = queueUp(gate, "noisy", []);

    await expect(gate.enter("noisy", never)).rejects.toMatchObject({
      code: "queue-full",
      retryAfterSeconds: 2,
    });
    await expect(Promise.race([queueUp(gate, "quiet", []), waiting, Promise.resolve("waits")])).resolves.toBe(
      "waits",
    );
  });

  it("is bounded altogether", async () => {
    const { gate } = gateWith(1, { maxWaiting: 1 });
    await gate.enter("a", never);
    void queueUp(gate, "b", []);

    await expect(gate.enter("c", never)).rejects.toMatchObject({ code: "queue-full" });
  });

  it("lets a patient caller wait behind a full queue, for as long as it takes", async () => {
    const { gate } = gateWith(1, { maxWaiting: 0, maxWaitMs: 0 });
    const release = await gate.enter("a", never);

    const patient = gate.enter("b", never, { isPatient: true });
    await expect(gate.enter("c", never)).rejects.toMatchObject({ code: "queue-full" });
    await new Promise((resolve) => setTimeout(resolve, 1));
    release();

    await expect(patient).resolves.toBeTypeOf("function");
  });

  it("forgets a caller who hangs up while waiting", async () => {
    const { gate } = gateWith(1);
    const client = new AbortController();
    const order: string[] = [];
    const release = await gate.enter("a", never);
    const gone = gate.enter("b", client.signal);
    const next = queueUp(gate, "c", order);

    client.abort(new Error("gone"));
    release();
    await next;

    await expect(gone).rejects.toThrow("gone");
    expect(order).toEqual(["c"]);
  });

  it("gives a place back once, however often it is released", async () => {
    const { gate, metrics } = gateWith(1);
    const release = await gate.enter("a", never);
    release();
    release();
    await gate.enter("b", never);

    expect(metrics.values("voice_running_syntheses").at(-1)).toBe(1);
  });

  it("never lets more through than it has places, whoever comes and goes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 }),
        async (places, keys) => {
          const { gate, metrics } = gateWith(places);
          await Promise.all(
            keys.map(async (key) => {
              const release = await gate.enter(key, never);
              await Promise.resolve();
              release();
            }),
          );
          expect(Math.max(0, ...metrics.values("voice_running_syntheses"))).toBeLessThanOrEqual(places);
          expect(metrics.values("voice_running_syntheses").at(-1) ?? 0).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });
});
