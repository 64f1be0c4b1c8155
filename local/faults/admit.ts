import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Exchange } from "../stand-in/exchange.ts";
import { Refusal } from "../stand-in/refusal.ts";
import type { StandInControl } from "./control.ts";

const BEFORE_WORK = ["throttle", "status", "silence"] as const;
const DURING_ANSWER = ["cut", "lose-answer"] as const;

export interface Call {
  readonly service: string;
  /** Name under which the call is counted. */
  readonly operation: string;
  /** What it is counted by besides. */
  readonly subject?: string | undefined;
  /** Further facts that a fault may ask for. */
  readonly facts?: Readonly<Record<string, string | undefined>>;
}

/**
 * Counts a call and acts out the faults that concern HTTP: latency, throttling, errors, silence, a cut or lost answer.
 *
 * @returns false when the call must not be answered any more.
 * @throws {@link Refusal} 429 or 5xx.
 */
export async function admit(control: StandInControl, exchange: Exchange, call: Call): Promise<boolean> {
  const { service, operation, subject } = call;
  control.calls.add({ service, operation, subject });
  const { request, response, url } = exchange;
  const facts = { ...call.facts, service, operation, method: request.method, path: url.pathname };
  const latency = control.faults.take(facts, ["latency"]);
  if (latency !== undefined && !(await waitWhileOpen(exchange, latency.latencyMs))) {
    return false;
  }
  const fault = control.faults.take(facts, BEFORE_WORK);
  if (fault?.kind === "silence") {
    await untilClosed(exchange);
    return false;
  }
  if (fault !== undefined) {
    throw fault.kind === "throttle" ? throttled(fault.retryAfterSeconds) : failed(fault.status);
  }
  const disturbance = control.faults.take(facts, DURING_ANSWER);
  if (disturbance?.kind === "cut") {
    response.cutAfter(disturbance.afterBytes);
  } else if (disturbance !== undefined) {
    response.loseAnswer();
  }
  return true;
}

/** @returns whether the client is still there afterwards. */
async function waitWhileOpen({ response }: Exchange, waitMs: number): Promise<boolean> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    await delay(waitMs, undefined, { signal: gone.signal });
    return true;
  } catch {
    return false;
  }
}

async function untilClosed({ response }: Exchange): Promise<void> {
  if (!response.closed) {
    await once(response, "close");
  }
}

function throttled(retryAfterSeconds: number | undefined): Refusal {
  const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return new Refusal(
    { status: 429, code: "TooManyRequests" },
    "Requests have exceeded the rate limit of the resource.",
    { headers },
  );
}

const FAILURES = {
  500: { code: "InternalServerError", message: "Internal server error." },
  502: { code: "BadGateway", message: "Bad gateway." },
  503: { code: "ServiceUnavailable", message: "Service is temporarily unavailable." },
} as const;

function failed(status: keyof typeof FAILURES): Refusal {
  return new Refusal({ status, code: FAILURES[status].code }, FAILURES[status].message);
}
