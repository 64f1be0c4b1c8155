import { describe, expect, it } from "vitest";
import { forEachBounded, type Rest } from "../../../../src/application/batches/for-each-bounded.ts";

/** Work whose two steps end when the test says so. */
class Steps {
  readonly begun: number[] = [];
  readonly #first = new Map<number, PromiseWithResolvers<void>>();
  readonly #rest = new Map<number, PromiseWithResolvers<void>>();

  readonly work = async (value: number): Promise<Rest> => {
    this.begun.push(value);
    const first = Promise.withResolvers<void>();
    const rest = Promise.withResolvers<void>();
    this.#first.set(value, first);
    this.#rest.set(value, rest);
    await first.promise;
    return { rest: rest.promise };
  };

  async endFirst(value: number): Promise<void> {
    this.#first.get(value)?.resolve();
    await new Promise(setImmediate);
  }

  async endRest(value: number): Promise<void> {
    this.#rest.get(value)?.resolve();
    await new Promise(setImmediate);
  }
}

describe("bounded work", () => {
  it("takes the next value when the first step of one has ended, and waits for its rest before the one after", async () => {
    const steps = new Steps();
    const done = forEachBounded([1, 2, 3], { atOnce: 1, mayGoOn: () => true }, steps.work);

    await steps.endFirst(1);
    const afterFirst = [...steps.begun];
    await steps.endFirst(2);
    const whileRestGoesOn = [...steps.begun];
    await steps.endRest(1);
    const afterRest = [...steps.begun];
    await steps.endFirst(3);
    await steps.endRest(2);
    await steps.endRest(3);
    await done;

    expect(afterFirst).toEqual([1, 2]);
    expect(whileRestGoesOn).toEqual([1, 2]);
    expect(afterRest).toEqual([1, 2, 3]);
  });

  it("begins no more values at once than it may, and none any more when it may not go on", async () => {
    const steps = new Steps();
    let mayGoOn = true;
    const done = forEachBounded([1, 2, 3, 4], { atOnce: 2, mayGoOn: () => mayGoOn }, steps.work);
    const atFirst = [...steps.begun];

    mayGoOn = false;
    for (const value of [1, 2]) {
      await steps.endFirst(value);
      await steps.endRest(value);
    }
    await done;

    expect(atFirst).toEqual([1, 2]);
    expect(steps.begun).toEqual([1, 2]);
  });
});
