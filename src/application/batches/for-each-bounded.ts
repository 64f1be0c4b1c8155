/**
 * Works on values in order, a bounded number at once.
 *
 * @param work never rejects; what it rejects with ends everything.
 */
export async function forEachBounded<T>(
  values: readonly T[],
  { atOnce, mayGoOn }: { readonly atOnce: number; readonly mayGoOn: () => boolean },
  work: (value: T) => Promise<void>,
): Promise<void> {
  const queue = values.values();
  const worker = async (): Promise<void> => {
    while (mayGoOn()) {
      const next = queue.next();
      if (next.done === true) {
        return;
      }
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, values.length) }, worker));
}
