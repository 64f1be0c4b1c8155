import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import path from "node:path";
import type { Figure } from "./scenario.ts";

const OUTPUT_DIRECTORY = "bench-output";
const BYTES_PER_GB = 1_000_000_000;

/** What ran beside the measurement; without it the figures say little. */
export interface Circumstances {
  readonly node: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** Mean number of runnable processes over the last minute; 0 on Windows, which does not tell. */
  readonly load: number;
}

export function circumstances(): Circumstances {
  return {
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / BYTES_PER_GB),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

export function printFigures(name: string, figures: readonly Figure[], load: number): void {
  console.log(`\n${name} (load ${load})`);
  console.table(figures.map(rowOf));
}

/** @returns the file's path. */
export async function writeReport(name: string, report: object): Promise<string> {
  await mkdir(OUTPUT_DIRECTORY, { recursive: true });
  const file = path.join(OUTPUT_DIRECTORY, `${name}.json`);
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  return file;
}

function rowOf({ what, unit, statistics, ratio, over, goal, isReached }: Figure) {
  const { count, min, median, p95, p99 } = statistics;
  return {
    what,
    unit,
    runs: count,
    min: rounded(min),
    median: rounded(median),
    p95: rounded(p95),
    p99: rounded(p99),
    ratio: ratio === undefined ? "" : `${rounded(ratio)}×`,
    over: over === undefined ? "" : rounded(over),
    goal: goal === undefined ? "" : `${goal}: ${isReached === true ? "reached" : "not reached"}`,
  };
}

function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
