import { describe, expect, it } from "vitest";
import {
  AdaptiveLimits,
  limitsDefinition,
  type SharedLimit,
} from "../../../../src/application/limits/adaptive-limits.ts";
import { InsuredCounters } from "../../../../src/application/limits/insured-counters.ts";
import { WindowLimiter } from "../../../../src/application/limits/window-limiter.ts";
import { BoundedCounters } from "../../../../src/adapters/system/bounded-counters.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryCounters } from "../../../support/memory-counters.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";

const ada = { kind: "principal", id: "ada" } as const;
const bob = { kind: "principal", id: "bob" } as const;

function world() {
  const clock = new ManualClock();
  const store = new MemoryCounters(clock);
  const shared = new MemoryDocuments<SharedLimit>(limitsDefinition, clock);
  const logger = recordingLogger();
  const metrics = new RecordingMetrics();
  const instance = () => {
    const adaptive = new AdaptiveLimits({ shared, clock, logger, metrics });
    const counters = new InsuredCounters({ store, insurance: new BoundedCounters(clock), clock, logger });
    const limits = { default: 100, synthesis: 5, training: 1 };
    return { adaptive, limiter: new WindowLimiter({ counters, adaptive, clock, metrics, limits }) };
  };
  return { clock, store, logger, metrics, instance };
}

async function accepted(attempts: readonly Promise<unknown>[]): Promise<number> {
  const results = await Promise.allSettled(attempts);
  return results.filter(({ status }) => status === "fulfilled").length;
}

describe("a rate limit", () => {
  it("lets exactly the configured number through, over two instances together", async () => {
    const { instance } = world();
    const [one, other] = [instance().limiter, instance().limiter];

    const attempts = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? one : other).take(ada, "synthesis"),
    );

    await expect(accepted(attempts)).resolves.toBe(5);
  });

  it("is each principal's own, and each class's own", async () => {
    const { limiter } = world().instance();
    await limiter.take(ada, "training");

    await expect(accepted([limiter.take(bob, "training"), limiter.take(ada, "synthesis")])).resolves.toBe(2);
  });

  it("tells the budget in headers", async () => {
    const { limiter } = world().instance();

    await expect(limiter.take(ada, "synthesis")).resolves.toEqual({
      "ratelimit-policy": '"synthesis";q=5;w=60',
      ratelimit: '"synthesis";r=4;t=60',
    });
  });

  it("refuses with the time to wait, and with the same headers", async () => {
    const { clock, instance } = world();
    const { limiter } = instance();
    await limiter.take(ada, "training");
    clock.advance(20);

    await expect(limiter.take(ada, "training")).rejects.toMatchObject({
      code: "rate-limited",
      retryAfterSeconds: 40,
      headers: { ratelimit: '"training";r=0;t=40' },
    });
  });

  it("starts anew with the next window", async () => {
    const { clock, instance } = world();
    const { limiter } = instance();
    await accepted([limiter.take(ada, "training"), limiter.take(ada, "training")]);
    clock.advance(60);

    await expect(accepted([limiter.take(ada, "training")])).resolves.toBe(1);
  });

  it("does not ask the store again for a key that is over its limit", async () => {
    const { store, instance } = world();
    const { limiter } = instance();
    await accepted([limiter.take(ada, "training"), limiter.take(ada, "training")]);
    store.failure = new Error("asked");

    await expect(limiter.take(ada, "training")).rejects.toMatchObject({ code: "rate-limited" });
  });

  it("goes on per instance while the store is down", async () => {
    const { store, logger, instance } = world();
    store.failure = new Error("down");
    const { limiter } = instance();

    const attempts = Array.from({ length: 20 }, () => limiter.take(ada, "synthesis"));

    await expect(accepted(attempts)).resolves.toBe(5);
    expect(logger.lines.map(({ level }) => level)).toContain("warning");
  });

  it("comes back to the store some seconds after it failed", async () => {
    const { clock, store, instance } = world();
    const { limiter } = instance();
    store.failure = new Error("down");
    await limiter.take(ada, "training");
    store.failure = undefined;
    clock.advance(5);

    await expect(accepted([limiter.take(ada, "training")])).resolves.toBe(1);
  });
});

describe("an adaptive limit", () => {
  it("falls when Azure throttles, and says so in the headers", async () => {
    const { adaptive, limiter } = world().instance();
    adaptive.report("synthesis", "throttled");

    const headers = await limiter.take(ada, "synthesis");

    expect(headers["ratelimit-policy"]).toBe('"synthesis";q=3;w=60');
  });

  it("counts many signals of one congestion once", () => {
    const { adaptive } = world().instance();

    for (let index = 0; index < 50; index += 1) {
      adaptive.report("synthesis", "failed");
    }

    expect(adaptive.factor("synthesis")).toBeCloseTo(0.7);
  });

  it("never falls under its floor", () => {
    const { clock, instance } = world();
    const { adaptive } = instance();

    for (let index = 0; index < 100; index += 1) {
      adaptive.report("synthesis", "slow");
      clock.advance(3);
    }

    expect(adaptive.factor("synthesis")).toBe(0.1);
  });

  it("rises step by step while calls succeed, up to the whole limit", () => {
    const { clock, instance } = world();
    const { adaptive } = instance();
    adaptive.report("synthesis", "throttled");
    clock.advance(10);
    adaptive.report("synthesis", "ok");
    const afterTenSeconds = adaptive.factor("synthesis");

    for (let index = 0; index < 10; index += 1) {
      clock.advance(10);
      adaptive.report("synthesis", "ok");
    }

    expect(afterTenSeconds).toBeCloseTo(0.8);
    expect(adaptive.factor("synthesis")).toBe(1);
  });

  it("of one class leaves the others alone", () => {
    const { adaptive } = world().instance();
    adaptive.report("training", "failed");

    expect(adaptive.factor("default")).toBe(1);
  });

  it("is shared between instances", async () => {
    const { clock, instance } = world();
    const [one, other] = [instance().adaptive, instance().adaptive];
    one.report("synthesis", "throttled");
    await one.share();
    clock.advance(5);

    await other.share();

    expect(other.factor("synthesis")).toBeCloseTo(0.7);
  });

  it("is shown as a metric", () => {
    const { metrics, instance } = world();
    instance().adaptive.report("synthesis", "throttled");

    expect(metrics.values("voice_effective_limit_ratio")[0]).toBeCloseTo(0.7);
  });
});
