export interface Statistics {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
}

/** @throws RangeError without samples. */
export function statisticsOf(samples: readonly number[]): Statistics {
  if (samples.length === 0) {
    throw new RangeError("There are no samples.");
  }
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    min: percentile(sorted, 0),
    median: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
  };
}

/** By the nearest rank: always a value that was measured. */
function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}
