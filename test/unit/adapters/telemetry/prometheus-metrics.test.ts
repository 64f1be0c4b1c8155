import { describe, expect, it } from "vitest";
import { PrometheusMetrics } from "../../../../src/adapters/telemetry/prometheus-metrics.ts";
import { COUNTERS, GAUGES, HISTOGRAMS } from "../../../../src/application/ports/metrics.ts";

describe("the metrics", () => {
  it("tell counters, histograms and gauges in the text format of Prometheus", async () => {
    const metrics = new PrometheusMetrics("instance-1");

    metrics.count("voice_requests_total", { operation: "speak", status: "200" }, 2);
    metrics.observe("voice_request_duration_seconds", { operation: "speak" }, 0.02);
    metrics.set("voice_effective_limit_ratio", { class: "synthesis" }, 0.7);
    const { contentType, body } = await metrics.text();

    expect(contentType).toContain("text/plain; version=0.0.4");
    expect(body).toContain('voice_requests_total{operation="speak",status="200",instance_id="instance-1"} 2');
    expect(body).toContain(
      'voice_request_duration_seconds_bucket{le="0.03",instance_id="instance-1",operation="speak"} 1',
    );
    expect(body).toContain('voice_effective_limit_ratio{class="synthesis",instance_id="instance-1"} 0.7');
  });

  it("of two instances behind one address do not look like one counter that falls", async () => {
    const instances = ["one", "two"].map((id) => new PrometheusMetrics(id));

    instances.forEach((metrics, index) => metrics.count("voice_queue_refused_total", {}, index + 1));
    const texts = await Promise.all(instances.map((metrics) => metrics.text()));
    const series = texts.flatMap(({ body }) => body.match(/^voice_queue_refused_total\{.*$/gm) ?? []);

    expect(series).toEqual([
      expect.stringMatching(/instance_id="one".* 1$/),
      expect.stringMatching(/instance_id="two".* 2$/),
    ]);
  });

  it("are each described, with a name that Prometheus' conventions ask for", () => {
    const all = { ...COUNTERS, ...HISTOGRAMS, ...GAUGES };

    expect(Object.values(all).every(({ help }) => help.endsWith("."))).toBe(true);
    expect(Object.keys(COUNTERS).every((name) => name.endsWith("_total"))).toBe(true);
    expect(Object.keys(HISTOGRAMS).every((name) => /_(seconds|ratio)$/.test(name))).toBe(true);
    expect(Object.keys(GAUGES).some((name) => name.endsWith("_total"))).toBe(false);
  });
});
