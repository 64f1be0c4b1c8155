import { Counter, Gauge, Histogram, Registry } from "prom-client";
import {
  COUNTERS,
  type CounterName,
  type GaugeName,
  GAUGES,
  type HistogramName,
  HISTOGRAMS,
  type Metrics,
} from "../../application/ports/metrics.ts";

/**
 * Metrics of this process in memory, told in the text format of Prometheus. Each names the instance: behind one address,
 * every scrape may reach another, whose counters would look like resets of the former.
 */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<CounterName, Counter>();
  readonly #histograms = new Map<HistogramName, Histogram>();
  readonly #gauges = new Map<GaugeName, Gauge>();

  constructor(instanceId: string) {
    this.#registry.setDefaultLabels({ instance_id: instanceId });
    const registers = [this.#registry];
    for (const name of namesOf(COUNTERS)) {
      const { help, labels } = COUNTERS[name];
      this.#counters.set(name, new Counter({ name, help, labelNames: labels, registers }));
    }
    for (const name of namesOf(HISTOGRAMS)) {
      const { help, labels, buckets } = HISTOGRAMS[name];
      this.#histograms.set(
        name,
        new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers }),
      );
    }
    for (const name of namesOf(GAUGES)) {
      const { help, labels } = GAUGES[name];
      this.#gauges.set(name, new Gauge({ name, help, labelNames: labels, registers }));
    }
  }

  count(name: CounterName, labels: Readonly<Record<string, string>>, amount = 1): void {
    this.#counters.get(name)?.inc(labels, amount);
  }

  observe(name: HistogramName, labels: Readonly<Record<string, string>>, value: number): void {
    this.#histograms.get(name)?.observe(labels, value);
  }

  set(name: GaugeName, labels: Readonly<Record<string, string>>, value: number): void {
    this.#gauges.get(name)?.set(labels, value);
  }

  /** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
  async text(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}

function namesOf<T extends object>(table: T): readonly (keyof T)[] {
  return Object.keys(table).filter((name): name is Extract<keyof T, string> => Object.hasOwn(table, name));
}
