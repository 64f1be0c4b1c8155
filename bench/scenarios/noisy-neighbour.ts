import { setTimeout as delay } from "node:timers/promises";
import { startLocalStack } from "../../test/support/local-stack.ts";
import { ApiUser } from "../harness/api-user.ts";
import type { Figure, Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";
import { timedRequest } from "../harness/timed-request.ts";
import { VOICE } from "./speech-contenders.ts";

/** What the stand-in adds to every synthesis: a Speech resource that is far away, not a slow machine. */
const UPSTREAM_LATENCY_MS = 300;
const NOISY_CALLS_AT_ONCE = 40;
const QUIET_PRINCIPALS = 10;
const QUIET_PAUSE_MS = 1_000;
const PHASE_MS = 60_000;
const GOAL_RATIO = 2;

/** Ten places at the gate, ten principals who speak now and then, and one who never stops. */
export const noisyNeighbour: Scenario = {
  name: "noisy-neighbour",
  run: async () => {
    const stack = await startLocalStack({ settings: { SPEECH_MAX_CONCURRENCY: "10" } });
    try {
      const quiet = await Promise.all(
        Array.from({ length: QUIET_PRINCIPALS }, (_, index) => ApiUser.of(stack, `quiet-${index}`)),
      );
      const noisy = await ApiUser.of(stack, "noisy");
      await speak(noisy, "Everything is opened at first use.");
      await slowDown(stack.parts["Faults"] ?? "");
      const alone = await quietTimes(quiet);
      const noise = new AbortController();
      const making = Array.from({ length: NOISY_CALLS_AT_ONCE }, (_, index) =>
        makeNoise(noisy, index, noise.signal),
      );
      const beside = await quietTimes(quiet);
      noise.abort();
      await Promise.all(making);
      return figuresOf(alone, beside);
    } finally {
      await stack.close();
    }
  },
};

function figuresOf(alone: readonly number[], beside: readonly number[]): readonly Figure[] {
  const [before, after] = [statisticsOf(alone), statisticsOf(beside)];
  return [
    { what: "quiet principals alone", unit: "ms", statistics: before, ratio: 1 },
    {
      what: "beside one noisy principal",
      unit: "ms",
      statistics: after,
      ratio: after.median / before.median,
      goal: `p95 at most ${GOAL_RATIO}×`,
      isReached: after.p95 <= GOAL_RATIO * before.p95,
    },
  ];
}

async function slowDown(faultsUrl: string): Promise<void> {
  const action = { kind: "latency", latencyMs: UPSTREAM_LATENCY_MS };
  const body = JSON.stringify({ service: "speech", action, times: { forMs: 600_000 } });
  await timedRequest({ url: `${faultsUrl}/faults`, method: "POST", headers: {}, body });
}

/** @returns milliseconds until the whole audio is there. */
async function speak(user: ApiUser, text: string): Promise<number> {
  const request = { text, voice: VOICE, cache: "bypass", store: false };
  return (await user.post("/api/v1/synthesis/speak", request)).wholeMs;
}

async function quietTimes(users: readonly ApiUser[]): Promise<readonly number[]> {
  const endMs = performance.now() + PHASE_MS;
  const times = await Promise.all(
    users.map(async (user, index) => {
      const own: number[] = [];
      await delay((QUIET_PAUSE_MS / users.length) * index);
      while (performance.now() < endMs) {
        own.push(await speak(user, `Number ${own.length}.`));
        await delay(QUIET_PAUSE_MS);
      }
      return own;
    }),
  );
  return times.flat();
}

/** Its calls may be refused: the queue has an end. */
async function makeNoise(user: ApiUser, index: number, signal: AbortSignal): Promise<void> {
  for (let call = 0; !signal.aborted; call += 1) {
    await speak(user, `Noise ${index} ${call}.`).catch(() => undefined);
  }
}
