import { describe, expect, it } from "vitest";
import { ActivityDispatcher } from "../../../../../local/host/durable/engine/activity-dispatcher.ts";
import { TurnScheduler } from "../../../../../local/host/durable/engine/turn-scheduler.ts";

/** Runs that end when the test says so. */
class Runs<Key> {
  readonly started: Key[] = [];
  readonly #ends = new Map<Key, () => void>();

  readonly run = async (key: Key): Promise<void> =>
    new Promise((resolve) => {
      this.started.push(key);
      this.#ends.set(key, resolve);
    });

  async end(key: Key): Promise<void> {
    this.#ends.get(key)?.();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

describe("the turns of orchestrations", () => {
  it("never overlap for the same orchestration; what arrives meanwhile gets one turn more", async () => {
    const turns = new Runs<string>();
    const scheduler = new TurnScheduler(turns.run, 10);
    scheduler.wake("a");
    scheduler.wake("a");
    scheduler.wake("a");
    const whileRunning = [...turns.started];

    await turns.end("a");
    await turns.end("a");

    expect([whileRunning, turns.started]).toEqual([["a"], ["a", "a"]]);
  });

  it("run at most so many at once as the host allows, the others in order", async () => {
    const turns = new Runs<string>();
    const scheduler = new TurnScheduler(turns.run, 2);
    for (const id of ["a", "b", "c", "d"]) {
      scheduler.wake(id);
    }
    const atFirst = [...turns.started];

    await turns.end("b");

    expect([atFirst, turns.started]).toEqual([
      ["a", "b"],
      ["a", "b", "c"],
    ]);
  });

  it("start no more after a stop", async () => {
    const turns = new Runs<string>();
    const scheduler = new TurnScheduler(turns.run, 1);
    scheduler.wake("a");
    scheduler.wake("b");

    scheduler.stop();
    await turns.end("a");

    expect(turns.started).toEqual(["a"]);
  });
});

describe("scheduled activities", () => {
  it("run in their order, at most so many at once as the host allows", async () => {
    const runs = new Runs<number>();
    const dispatcher = new ActivityDispatcher(runs.run, 2);
    dispatcher.enqueue([1, 2, 3, 4]);
    const atFirst = [...runs.started];

    await runs.end(2);

    expect([atFirst, runs.started]).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
  });

  it("stay for the next life after a stop", async () => {
    const runs = new Runs<number>();
    const dispatcher = new ActivityDispatcher(runs.run, 1);
    dispatcher.enqueue([1, 2]);

    dispatcher.stop();
    await runs.end(1);

    expect(runs.started).toEqual([1]);
  });
});
