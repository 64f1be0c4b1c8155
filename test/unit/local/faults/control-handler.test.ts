import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { admit } from "../../../../local/faults/admit.ts";
import { createControl } from "../../../../local/faults/control.ts";
import type { StandInControl } from "../../../../local/faults/control.ts";
import { controlHandler } from "../../../../local/faults/control-handler.ts";
import type { FaultRequest } from "../../../../local/faults/fault.ts";
import type { StandInHandler } from "../../../../local/stand-in/exchange.ts";
import { sendJson } from "../../../../local/stand-in/send.ts";
import { startStandIn } from "../../../../local/stand-in/server.ts";
import type { RunningStandIn } from "../../../../local/stand-in/server.ts";

let control: StandInControl;
let server: RunningStandIn;
let worked: number;

function greeter(): StandInHandler {
  return {
    async handle(exchange) {
      if (await admit(control, exchange, { service: "greeter", operation: "greet", facts: { voice: "A" } })) {
        worked += 1;
        sendJson(exchange.response, { status: 200, body: { text: "hello" } });
      }
      return true;
    },
  };
}

beforeEach(async () => {
  control = createControl();
  worked = 0;
  server = await startStandIn({ port: 0, handlers: [controlHandler(control), greeter()] });
});

afterEach(() => server.close());

function post(fault: FaultRequest): Promise<Response> {
  return fetch(`${server.url}/faults`, { method: "POST", body: JSON.stringify(fault) });
}

function greet(signal: AbortSignal = AbortSignal.timeout(3000)): Promise<Response> {
  return fetch(`${server.url}/greet`, { signal });
}

describe("the control endpoint", () => {
  it("adds, lists and drops faults", async () => {
    const added = await post({ service: "greeter", action: { kind: "silence" } });
    const listed = await fetch(`${server.url}/faults`);
    await fetch(`${server.url}/faults`, { method: "DELETE" });

    expect(added.status).toBe(201);
    expect(await listed.json()).toMatchObject({
      faults: [{ service: "greeter", action: { kind: "silence" } }],
    });
    expect(control.faults.list()).toEqual([]);
  });

  it.each([
    ["an unknown kind", `{"service":"greeter","action":{"kind":"explode"}}`],
    ["a close code the service never sends", `{"service":"greeter","action":{"kind":"close","code":1000}}`],
    ["an unknown property", `{"service":"greeter","action":{"kind":"silence"},"when":"later"}`],
    ["no JSON", `nonsense`],
  ])("refuses %s", async (_name, body) => {
    const answer = await fetch(`${server.url}/faults`, { method: "POST", body });

    expect(answer.status).toBe(400);
  });

  it("counts the calls of every operation until they are reset", async () => {
    await greet();
    await greet();
    const counted = await fetch(`${server.url}/calls`);
    await fetch(`${server.url}/calls`, { method: "DELETE" });

    expect(await counted.json()).toEqual({ calls: [{ service: "greeter", operation: "greet", count: 2 }] });
    expect(control.calls.list()).toEqual([]);
  });
});

describe("a fault of an HTTP call", () => {
  it.each([
    [{ kind: "throttle", retryAfterSeconds: 7 }, 429, "7"],
    [{ kind: "throttle" }, 429, null],
    [{ kind: "status", status: 500 }, 500, null],
    [{ kind: "status", status: 502 }, 502, null],
    [{ kind: "status", status: 503 }, 503, null],
  ] as const)("%o answers %i before any work", async (action, status, retryAfter) => {
    await post({ service: "greeter", match: { voice: "A" }, action });

    const answer = await greet();

    expect([answer.status, answer.headers.get("retry-after"), worked]).toEqual([status, retryAfter, 0]);
  });

  it("is over after its time", async () => {
    await post({ service: "greeter", action: { kind: "status", status: 503 } });
    await greet();

    const answer = await greet();

    expect(answer.status).toBe(200);
  });

  it("delays the answer", async () => {
    await post({ service: "greeter", action: { kind: "latency", latencyMs: 40 } });
    const startedAt = performance.now();

    const answer = await greet();

    expect(answer.status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(38);
  });

  it("keeps silent until the client gives up", async () => {
    await post({ service: "greeter", action: { kind: "silence" } });

    const attempt = greet(AbortSignal.timeout(50));

    await expect(attempt).rejects.toMatchObject({ name: "TimeoutError" });
    expect(worked).toBe(0);
  });

  it("cuts the answer after the first bytes of its body", async () => {
    await post({ service: "greeter", action: { kind: "cut", afterBytes: 5 } });
    const answer = await greet();
    const reader = answer.body?.getReader();

    const first = await reader?.read();

    expect(first?.value).toHaveLength(5);
    await expect(reader?.read()).rejects.toThrow("terminated");
  });

  it("loses the answer after the work is done", async () => {
    await post({ service: "greeter", action: { kind: "lose-answer" } });

    const attempt = greet();

    await expect(attempt).rejects.toThrow("fetch failed");
    expect(worked).toBe(1);
  });
});
