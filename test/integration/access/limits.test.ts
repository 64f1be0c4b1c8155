import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { apiClient, clientWith } from "../../support/api-client.ts";
import { Faults } from "../../support/faults.ts";
import { type LocalStack, startLocalStack } from "../../support/local-stack.ts";
import { until } from "../../support/until.ts";

const SPEAK = "/api/v1/synthesis/speak";
const METRICS_TOKEN = "scrape-me-please";

function body(text: string) {
  return { text, voice: "en-US-AvaMultilingualNeural", format: "mp3" };
}

const readinessSchema = z.object({
  status: z.string(),
  dependencies: z.array(z.object({ name: z.string(), status: z.string(), required: z.boolean() })),
});

let stack: LocalStack;
let faults: Faults;

beforeAll(async () => {
  stack = await startLocalStack({
    settings: {
      RATE_LIMIT_DEFAULT: "6",
      RATE_LIMIT_SYNTHESIS: "10",
      METRICS_TOKEN,
      ALLOWED_HOSTS: "localhost",
    },
  });
  faults = new Faults(stack.parts);
  // Everything is opened at first use, which may take longer than a count of the store may.
  await statusOf(await (await user()).get("/api/v1/voices"));
});

afterAll(() => stack.close());

function user() {
  return apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
}

async function readiness() {
  const response = await clientWith(stack.url, {}).get("/ready");
  return { status: response.status, body: readinessSchema.parse(await response.json()) };
}

async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}

describe("a budget", () => {
  it("lets exactly as many requests through as configured, and says so", async () => {
    const api = await user();

    const responses = await Promise.all(Array.from({ length: 12 }, () => api.get("/api/v1/voices")));
    const statuses = await Promise.all(responses.map(statusOf));
    const refused = responses.find(({ status }) => status === 429);

    expect(statuses.filter((status) => status === 200)).toHaveLength(6);
    expect(refused?.headers.get("ratelimit-policy")).toBe('"default";q=6;w=60');
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("of one principal leaves others alone", async () => {
    const [noisy, quiet] = await Promise.all([user(), user()]);
    await Promise.all(Array.from({ length: 12 }, async () => statusOf(await noisy.get("/api/v1/voices"))));

    expect(await statusOf(await quiet.get("/api/v1/voices"))).toBe(200);
  });

  it("does not exist for probes", async () => {
    const anyone = clientWith(stack.url, {});

    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => statusOf(await anyone.get("/health"))),
    );

    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it("shrinks when Azure throttles, visibly in headers, metrics and readiness", async () => {
    const [before, after] = await Promise.all([user(), user()]);
    await statusOf(await before.postJson(SPEAK, body("once to know the voices")));
    await faults.add({ service: "speech", action: { kind: "throttle", retryAfterSeconds: 0 }, times: 50 });
    const throttled = await statusOf(await before.postJson(SPEAK, body("throttled")));
    await faults.clear();

    const response = await after.postJson(SPEAK, body("less"));
    await response.body?.cancel();
    const scraper = clientWith(stack.url, { authorization: `Bearer ${METRICS_TOKEN}` });
    const metrics = await (await scraper.get("/metrics")).text();
    const ready: unknown = await (await clientWith(stack.url, {}).get("/ready")).json();

    expect(throttled).toBe(429);
    expect(response.headers.get("ratelimit-policy")).toMatch(/^"synthesis";q=[1-9];w=60$/);
    expect(metrics).toMatch(/voice_effective_limit_ratio\{class="synthesis",instance_id="[^"]+"\} 0\.\d/);
    expect(ready).toMatchObject({
      limits: { default: 1, synthesis: expect.toSatisfy((factor: number) => factor < 1) },
    });
  });
});

describe("a host name that is not served", () => {
  it("is refused with 421", async () => {
    const response = await fetch(`${stack.url.replace("localhost", "127.0.0.1")}/health`);

    expect(response.status).toBe(421);
    expect(await response.json()).toMatchObject({ code: "host-not-allowed" });
  });
});

describe("a dependency that only some features need", () => {
  it("is shown with the others", async () => {
    const ready = await until(readiness, ({ body: { status } }) => status === "ready");

    expect(ready.body).toMatchObject({
      dependencies: expect.arrayContaining([
        expect.objectContaining({ name: "translator", required: false, status: "up" }),
        expect.objectContaining({ name: "openai", required: false, status: "up" }),
      ]),
    });
  });

  it.each([
    ["translator", "languages"],
    ["openai", "/models"],
  ])("degrades the service while %s is down, and leaves it ready", async (service, operation) => {
    await faults.add({
      service,
      match: { operation },
      action: { kind: "status", status: 503 },
      times: 100_000,
    });
    const degraded = await until(
      readiness,
      ({ body: ready }) =>
        ready.status === "degraded" &&
        ready.dependencies.some(({ name, status }) => name === service && status === "down"),
    );
    await faults.clear();

    expect(degraded.status).toBe(200);
  });
});

describe("a dependency that is down", () => {
  it("makes the service unready by name, while it stays alive", async () => {
    await faults.add({ service: "entra", action: { kind: "status", status: 503 }, times: 100_000 });
    const anyone = clientWith(stack.url, {});

    const unready = await until(readiness, ({ body: { status } }) => status === "unavailable");
    const alive = await statusOf(await anyone.get("/health"));
    await faults.clear();

    expect(unready.status).toBe(503);
    expect(unready.body).toMatchObject({
      dependencies: expect.arrayContaining([expect.objectContaining({ name: "identity", status: "down" })]),
    });
    expect(alive).toBe(200);
  });
});
