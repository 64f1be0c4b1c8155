import { describe, expect, it } from "vitest";
import { ConcurrencyGate } from "../../../../../local/host/http/concurrency-gate.ts";

/** A call that runs until it is ended. */
function heldCall(log: string[], name: string) {
  const held = Promise.withResolvers<void>();
  return {
    end: held.resolve,
    run: async () => {
      log.push(`${name} runs`);
      await held.promise;
    },
  };
}

describe("the concurrency gate", () => {
  it("lets waiting calls in, in their order, as others end", async () => {
    const gate = new ConcurrencyGate({ maxConcurrentRequests: 1, maxOutstandingRequests: -1 });
    const log: string[] = [];
    const calls = ["a", "b", "c"].map((name) => heldCall(log, name));

    const runs = calls.map((call) => gate.run(call.run));
    for (const call of calls) {
      log.push("next ends");
      call.end();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    await Promise.all(runs);

    expect(log).toEqual(["a runs", "next ends", "b runs", "next ends", "c runs", "next ends"]);
  });

  it("is full when as many calls run and wait as may be outstanding", async () => {
    const gate = new ConcurrencyGate({ maxConcurrentRequests: 1, maxOutstandingRequests: 2 });
    const [first, second] = [heldCall([], "a"), heldCall([], "b")];

    const firstRun = gate.run(first.run);
    const afterOne = gate.isFull;
    const secondRun = gate.run(second.run);
    const afterTwo = gate.isFull;
    first.end();
    second.end();
    await Promise.all([firstRun, secondRun]);

    expect([afterOne, afterTwo, gate.isFull]).toEqual([false, true, false]);
  });

  it("gives the place of a failed call on", async () => {
    const gate = new ConcurrencyGate({ maxConcurrentRequests: 1, maxOutstandingRequests: 1 });

    const failing = gate.run(() => Promise.reject(new Error("failed")));

    await expect(failing).rejects.toThrow("failed");
    expect(gate.isFull).toBe(false);
  });

  it("has no limit below zero", async () => {
    const gate = new ConcurrencyGate({ maxConcurrentRequests: -1, maxOutstandingRequests: -1 });
    const calls = Array.from({ length: 100 }, () => heldCall([], "a"));

    const runs = calls.map((call) => gate.run(call.run));

    expect(gate.isFull).toBe(false);
    calls.forEach((call) => {
      call.end();
    });
    await Promise.all(runs);
  });
});
