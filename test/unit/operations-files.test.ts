import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COUNTERS, GAUGES, HISTOGRAMS } from "../../src/application/ports/metrics.ts";

const told = new Set([
  ...Object.keys(COUNTERS),
  ...Object.keys(GAUGES),
  ...Object.keys(HISTOGRAMS).flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]),
]);

function metricsIn(file: string): readonly string[] {
  return [...new Set(readFileSync(file, "utf8").match(/\bvoice_[a-z_]+\b/g))];
}

describe("the dashboard and the alert rules", () => {
  it("ask only for metrics that the app tells", () => {
    const asked = ["docs/operations/grafana-dashboard.json", "docs/operations/alert-rules.yml"].flatMap(
      metricsIn,
    );

    expect(asked.filter((name) => !told.has(name))).toEqual([]);
  });

  it("show every metric somewhere", () => {
    const shown = metricsIn("docs/operations/grafana-dashboard.json").map((name) =>
      name.replace(/_bucket$/, ""),
    );

    const all = Object.keys({ ...COUNTERS, ...GAUGES, ...HISTOGRAMS });

    expect(all.filter((name) => !shown.includes(name))).toEqual([]);
  });
});
