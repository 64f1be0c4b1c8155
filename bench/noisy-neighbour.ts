import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { issueAccessToken } from "../local/entra/access-token.ts";
import { LOCAL_APP_ID_URI } from "../local/entra/registration.ts";
import { SigningKeys } from "../local/entra/signing-keys.ts";
import { startStack } from "../local/stack/start-stack.ts";

/** What the stand-in adds to every synthesis: a Speech resource that is far away, not a slow machine. */
const UPSTREAM_LATENCY_MS = 300;
const NOISY_CALLS_AT_ONCE = 40;
const QUIET_PRINCIPALS = 10;
const QUIET_PAUSE_MS = 1_000;
const durationMs = Number(process.env["BENCH_SECONDS"] ?? 60) * 500;

Object.assign(process.env, {
  RATE_LIMIT_SYNTHESIS: "1000000",
  SPEECH_MAX_CONCURRENCY: "10",
  LOG_LEVEL: "warning",
});
const dataDirectory = await mkdtemp(path.join(tmpdir(), "voice-bench-"));
const stack = await startStack({ port: 0, dataDirectory, withFaults: true });
const keys = await SigningKeys.open(dataDirectory);
try {
  await speak(await tokenOf("warm-up"), "warm-up");
  await fetch(`${stack.parts["Faults"]}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      service: "speech",
      action: { kind: "latency", latencyMs: UPSTREAM_LATENCY_MS },
      times: { forMs: 600_000 },
    }),
  });
  const alone = await quietRun();
  const noise = new AbortController();
  const noisy = Promise.all(
    Array.from({ length: NOISY_CALLS_AT_ONCE }, (_, index) => makeNoise(index, noise.signal)),
  );
  const disturbed = await quietRun();
  noise.abort();
  const noisyCalls = (await noisy).reduce((sum, count) => sum + count, 0);
  report(alone, disturbed, noisyCalls);
} finally {
  await stack.close();
  await rm(dataDirectory, { recursive: true, force: true });
}

function tokenOf(name: string): Promise<string> {
  return issueAccessToken(
    { keys, audience: LOCAL_APP_ID_URI, now: () => new Date() },
    { subject: { kind: "user", name }, roles: ["Voice.User"] },
  );
}

/** @returns milliseconds until the whole audio is there; undefined when the call was refused. */
async function speak(token: string, text: string): Promise<number | undefined> {
  const startedMs = performance.now();
  const response = await fetch(`${stack.url}/api/v1/synthesis/speak`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ text, voice: "en-US-AvaMultilingualNeural", cache: "bypass", store: false }),
  });
  await response.arrayBuffer();
  return response.ok ? performance.now() - startedMs : undefined;
}

/** @returns the times of all quiet principals. */
async function quietRun(): Promise<readonly number[]> {
  const endMs = performance.now() + durationMs;
  const times = await Promise.all(
    Array.from({ length: QUIET_PRINCIPALS }, async (_, index) => {
      const token = await tokenOf(`quiet-${index}`);
      const own: number[] = [];
      await delay((QUIET_PAUSE_MS / QUIET_PRINCIPALS) * index);
      while (performance.now() < endMs) {
        own.push((await speak(token, `Number ${own.length}.`)) ?? Number.POSITIVE_INFINITY);
        await delay(QUIET_PAUSE_MS);
      }
      return own;
    }),
  );
  return times.flat();
}

/** @returns how many calls were answered with audio. */
async function makeNoise(index: number, signal: AbortSignal): Promise<number> {
  const token = await tokenOf("noisy");
  let calls = 0;
  while (!signal.aborted) {
    calls += (await speak(token, `Noise ${index} ${calls}.`)) === undefined ? 0 : 1;
  }
  return calls;
}

function report(alone: readonly number[], disturbed: readonly number[], noisyCalls: number): void {
  const ratio = percentile(disturbed, 0.95) / percentile(alone, 0.95);
  console.log(`quiet principals alone:        ${row(alone)}`);
  console.log(`beside one noisy principal:    ${row(disturbed)}`);
  console.log(`p95 ratio ${ratio.toFixed(2)} (goal: at most 2); the noisy one got ${noisyCalls} answers`);
}

function row(times: readonly number[]): string {
  const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
  return `n=${times.length}  p50 ${p50.toFixed(0)} ms  p95 ${p95.toFixed(0)} ms`;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
