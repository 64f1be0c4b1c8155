const counts = new Map<string, number>();

/** Counts what happens to a run in this process: 1 the first time. */
export function tally(what: string, run: string): number {
  const key = `${what} ${run}`;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}
