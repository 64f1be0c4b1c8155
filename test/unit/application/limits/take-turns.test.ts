import { describe, expect, it } from "vitest";
import { FairGate } from "../../../../src/application/limits/fair-gate.ts";
import { takeTurns } from "../../../../src/application/limits/take-turns.ts";
import type { Principal } from "../../../../src/domain/access/principal.ts";
import type { SpeakRequest } from "../../../../src/application/synthesis/speak-request.ts";
import type { Speak, SpokenAudio } from "../../../../src/application/synthesis/speak.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";
import { asking } from "../../../support/speaking.ts";

/** A service with two places, in which every call waits until it is told to end. */
function setUp() {
  const order: string[] = [];
  const running: { resolve: (audio: SpokenAudio) => void; reject: (error: Error) => void }[] = [];
  const speak: Speak = (principal: Principal, { content }: SpeakRequest) => {
    order.push(`${principal.id} ${content.value}`);
    return new Promise((resolve, reject) => running.push({ resolve, reject }));
  };
  const gate = new FairGate({
    places: () => 2,
    maxWaiting: Infinity,
    maxWaitingPerKey: Infinity,
    maxWaitMs: 60_000,
    metrics: new RecordingMetrics(),
    nowMs: () => 0,
  });
  return { order, running, speak: takeTurns(speak, gate) };
}

const as = (id: string) => ({ id }) as Principal;
const never = () => new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("items of batches that take turns", () => {
  it("begin no more than there are places, and let a newcomer in next", async () => {
    const { order, running, speak } = setUp();
    for (let item = 1; item <= 300; item += 1) {
      void speak(as("busy"), asking(String(item)), never());
    }
    void speak(as("quiet"), asking("hello"), never());
    await settled();
    const before = [...order];

    running[0]?.resolve({} as SpokenAudio);
    await settled();

    expect(before).toEqual(["busy 1", "busy 2"]);
    expect(order).toEqual(["busy 1", "busy 2", "quiet hello"]);
  });

  it("give their place back when they fail, and none is taken by who has left", async () => {
    const { order, running, speak } = setUp();
    const first = speak(as("a"), asking("1"), never());
    void speak(as("a"), asking("2"), never());
    const leaving = new AbortController();
    const left = speak(as("a"), asking("3"), leaving.signal);
    void speak(as("a"), asking("4"), never());
    await settled();

    leaving.abort(new Error("It was stopped."));
    running[0]?.reject(new Error("It failed."));

    await expect(left).rejects.toThrow("It was stopped.");
    await expect(first).rejects.toThrow("It failed.");
    await settled();
    expect(order).toEqual(["a 1", "a 2", "a 4"]);
  });
});
