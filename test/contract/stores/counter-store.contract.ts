import { beforeAll, describe, expect, it } from "vitest";

import type { CounterStore } from "../../../src/application/ports/counters.ts";

/** A store to be tested, through two instances of the service. */
export interface CounterStoreUnderTest {
  readonly store: CounterStore;
  readonly otherInstance: CounterStore;
  now(): Date;
  /** Lets the store's time pass. */
  advance(seconds: number): void;
}

/** What every {@link CounterStore} promises, whatever stands behind it. */
export function counterStoreContract(name: string, open: () => Promise<CounterStoreUnderTest>): void {
  let subject: CounterStoreUnderTest;
  let keys = 0;
  const newKey = (): string => {
    keys += 1;
    return `principal/${keys}?#\\ü`;
  };

  beforeAll(async () => {
    subject = await open();
  });

  describe(`${name}, as a store of counters`, () => {
    it("starts at zero and adds up", async () => {
      const key = newKey();

      const values = [];
      for (const amount of [1, 1, 3]) {
        values.push((await subject.store.increment(key, amount, 60)).value);
      }

      expect(values).toEqual([1, 2, 5]);
    });

    it("counts each key on its own", async () => {
      await subject.store.increment(newKey(), 5, 60);

      expect(await subject.store.increment(newKey(), 1, 60)).toMatchObject({ value: 1 });
    });

    it("expires one window after the first increment, whatever came later", async () => {
      const key = newKey();
      const start = subject.now().getTime();
      const first = await subject.store.increment(key, 1, 60);
      subject.advance(40);
      const second = await subject.store.increment(key, 1, 60);

      expect(first.expiresAt.getTime()).toBe(start + 60_000);
      expect(second).toEqual({ value: 2, expiresAt: first.expiresAt });
    });

    it("starts again when the window is over", async () => {
      const key = newKey();
      await subject.store.increment(key, 5, 60);

      subject.advance(60);

      expect(await subject.store.increment(key, 1, 60)).toEqual({
        value: 1,
        expiresAt: new Date(subject.now().getTime() + 60_000),
      });
    });

    it("loses no increment of forty from two instances, not even of the first one", async () => {
      const key = newKey();
      const increments = Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? subject.store : subject.otherInstance).increment(key, 1, 60),
      );

      const values = (await Promise.all(increments)).map(({ value }) => value);

      expect(values.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    });

    it("loses no increment when a window ends under many", async () => {
      const key = newKey();
      await subject.store.increment(key, 7, 60);
      subject.advance(60);
      const increments = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? subject.store : subject.otherInstance).increment(key, 1, 60),
      );

      const values = (await Promise.all(increments)).map(({ value }) => value);

      expect(values.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });
  });
}
