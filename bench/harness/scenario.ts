import type { BenchContext } from "./bench-context.ts";
import type { Statistics } from "./statistics.ts";

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly unit: "ms" | "MB" | "per second" | "items";
  readonly statistics: Statistics;
  /** Median divided by that of the baseline of the same run; the baseline itself has 1. */
  readonly ratio?: number;
  /** Median minus that of the baseline of the same run. */
  readonly over?: number;
  /** What is to be reached, in words. */
  readonly goal?: string;
  readonly isReached?: boolean;
}

export interface Scenario {
  readonly name: string;
  /** Default true; others run only when they are named. */
  readonly isUsual?: boolean;
  run(context: BenchContext): Promise<readonly Figure[]>;
}
