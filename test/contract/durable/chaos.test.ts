import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/host/clock.ts";
import type { KillPoint } from "../../../local/host/durable/chaos/chaos.ts";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { effectsOf } from "../../support/durable-apps/effects.ts";
import {
  EXPECTED_EFFECTS,
  EXPECTED_RESULTS,
  leftoversIn,
} from "../../support/durable-apps/twenty-steps-expectations.ts";
import { startTestRuntime, type Status, type TestRuntime } from "../../support/durable-runtime.ts";
import { seededRandom } from "../../../local/faults/seeded-random.ts";

/** `CHAOS_RUNS` replaces the number: 500 runs take about a minute. */
const RUNS = Number(process.env["CHAOS_RUNS"] ?? 100);
/** Runs in one file follow each other. */
const FILES = 4;
const MAX_KILLS = 6;
/** The widest fan-out of the twenty steps. */
const MAX_IN_FLIGHT = 3;

interface Run {
  readonly status: Status;
  readonly kills: number;
  readonly effects: ReadonlyMap<string, number>;
  readonly hasDuplicates: boolean;
}

describe("an orchestration of twenty steps whose process dies again and again", () => {
  let app: DurableApp;
  let directory: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "durable-chaos-"));
    app = await loadDurableApp(() => import("../../support/durable-apps/twenty-steps-app.ts"));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** Starts the engine on the file again after every death, until the orchestration has ended. */
  async function runThroughChaos(databaseFile: string, seed: number): Promise<Run> {
    const instanceId = `run${seed}`;
    const clock = new VirtualClock();
    const random = seededRandom(seed);
    const hasDuplicates = seed % 2 === 0;
    for (let kills = 0; ; kills += 1) {
      const life = await live({
        databaseFile,
        clock,
        random,
        killRate: kills < MAX_KILLS ? 0.01 : 0,
        hasDuplicates,
      });
      const status = await Promise.race([life.died, endOf(life.test, clock, instanceId)]);
      if (status !== undefined) {
        await life.test.runtime.close();
        return { status, kills, hasDuplicates, effects: effectsOf(instanceId) };
      }
      life.test.runtime.abandon();
    }
  }

  async function live(setting: {
    readonly databaseFile: string;
    readonly clock: VirtualClock;
    readonly random: () => number;
    readonly killRate: number;
    readonly hasDuplicates: boolean;
  }) {
    const { databaseFile, clock, random, killRate, hasDuplicates } = setting;
    const { promise: died, resolve: die } = Promise.withResolvers<undefined>();
    const kill = (_point: KillPoint, abandon: () => void): void => {
      abandon();
      die(undefined);
    };
    const chaos = {
      random,
      duplicateActivityRate: hasDuplicates ? 0.1 : 0,
      delayRate: 0.1,
      maxDelayMs: 3,
      killRate,
      kill,
    };
    return { test: await startTestRuntime(app, { databaseFile, clock, chaos }), died };
  }

  it(`loses nothing and counts nothing twice, in ${RUNS} runs`, { timeout: 240_000 }, async () => {
    const runs: Run[] = [];
    const files = Array.from({ length: FILES }, (_, index) => join(directory, `${index}.sqlite`));
    let next = 0;
    const worker = async (databaseFile: string): Promise<void> => {
      while (next < RUNS) {
        next += 1;
        runs.push(await runThroughChaos(databaseFile, next));
      }
    };
    await Promise.all(files.map(worker));

    expect(runs.reduce((sum, run) => sum + run.kills, 0)).toBeGreaterThan(RUNS);
    for (const run of runs) {
      expect(run.status).toMatchObject({ runtimeStatus: "Completed", output: EXPECTED_RESULTS });
      expect([...run.effects.keys()].toSorted()).toEqual([...EXPECTED_EFFECTS.keys()].toSorted());
    }
    const leftovers = files.map(leftoversIn);
    expect(leftovers.reduce((sum, { instances }) => sum + instances, 0)).toBe(5 * RUNS);
    expect(leftovers).toEqual(
      files.map(() => expect.objectContaining({ pending: 0, doubled: [] }) as unknown),
    );
    for (const run of runs.filter(({ hasDuplicates }) => !hasDuplicates)) {
      expect(sumOf(run.effects) - sumOf(EXPECTED_EFFECTS)).toBeLessThanOrEqual(MAX_IN_FLIGHT * run.kills);
    }
  });
});

async function unlessDead(answer: Promise<Response>): Promise<Response> {
  return answer.catch(async () => new Promise<never>(() => {}));
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Lets time pass whenever nothing runs. Never resolves when the process dies. */
async function endOf(test: TestRuntime, clock: VirtualClock, instanceId: string): Promise<Status> {
  const exists = await unlessDead(test.fetch(`instances/${instanceId}`));
  if (exists.status === 404) {
    await unlessDead(test.fetch(`orchestrators/twentySteps/${instanceId}`, { method: "POST", body: "{}" }));
  }
  for (;;) {
    await test.runtime.idle();
    const due = clock.nextDueMs();
    if (due === undefined) {
      const response = await unlessDead(test.fetch(`instances/${instanceId}`));
      return (await response.json()) as Status;
    }
    clock.advanceTo(due);
  }
}
