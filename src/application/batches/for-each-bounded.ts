/** What is left to do for a value when the next one may already be begun. */
export interface Rest {
  /** Never rejects. */
  readonly rest: Promise<void>;
}

/**
 * Works on values in order, a bounded number at once. Each place takes the next value while the rest of its last one goes
 * on, so that at most twice as many values are open.
 *
 * @param work resolves with what is left to do, if anything; never rejects; what it rejects with ends everything.
 */
export async function forEachBounded<T>(
  values: readonly T[],
  { atOnce, mayGoOn }: { readonly atOnce: number; readonly mayGoOn: () => boolean },
  work: (value: T) => Promise<Rest | void>,
): Promise<void> {
  const queue = values.values();
  const worker = async (): Promise<void> => {
    let last: Rest | void = undefined;
    while (mayGoOn()) {
      const next = queue.next();
      if (next.done === true) {
        break;
      }
      const begun = await work(next.value);
      await last?.rest;
      last = begun;
    }
    await last?.rest;
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, values.length) }, worker));
}
