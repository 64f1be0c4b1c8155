import type { Metrics } from "../../src/application/ports/metrics.ts";

export interface RecordedMetric {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics in a list. */
export class RecordingMetrics implements Metrics {
  readonly recorded: RecordedMetric[] = [];

  count(name: string, labels: Readonly<Record<string, string>>, amount = 1): void {
    this.recorded.push({ name, labels, value: amount });
  }

  observe(name: string, labels: Readonly<Record<string, string>>, value: number): void {
    this.recorded.push({ name, labels, value });
  }

  set(name: string, labels: Readonly<Record<string, string>>, value: number): void {
    this.recorded.push({ name, labels, value });
  }

  /** Values of one metric, in order. */
  values(name: string): readonly number[] {
    return this.recorded.filter((metric) => metric.name === name).map(({ value }) => value);
  }
}
