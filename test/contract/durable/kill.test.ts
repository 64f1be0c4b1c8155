import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { effectsIn } from "../../support/durable-apps/effects.ts";
import {
  EXPECTED_EFFECTS,
  EXPECTED_RESULTS,
  leftoversIn,
} from "../../support/durable-apps/twenty-steps-expectations.ts";

const CHILD = new URL("../../support/durable-apps/crash-child.ts", import.meta.url).pathname;
const MAX_KILLS = 3;

interface Exit {
  readonly output: string;
  readonly signal: string | null;
}

describe("an orchestration whose process gets SIGKILL", () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "durable-kill-"));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([1, 2])("goes on in the next process (seed %i)", { timeout: 60_000 }, async (seed) => {
    const databaseFile = join(directory, `${seed}.sqlite`);
    const effectsFile = join(directory, `${seed}.txt`);
    let kills = 0;
    let exit: Exit;
    do {
      const killRate = kills < MAX_KILLS ? 0.05 : 0;
      exit = await runChild([databaseFile, "run", String(seed * 100 + kills), String(killRate)], effectsFile);
      kills += exit.signal === "SIGKILL" ? 1 : 0;
    } while (exit.signal !== null);

    expect(kills).toBeGreaterThan(0);
    expect(JSON.parse(exit.output)).toMatchObject({ runtimeStatus: "Completed", output: EXPECTED_RESULTS });
    expect(leftoversIn(databaseFile)).toEqual({ instances: 5, pending: 0, doubled: [] });
    const effects = effectsIn(effectsFile, "run");
    expect([...effects.keys()].toSorted()).toEqual([...EXPECTED_EFFECTS.keys()].toSorted());
    for (const [step, count] of effects) {
      expect(count).toBeLessThanOrEqual((EXPECTED_EFFECTS.get(step) ?? 0) + kills);
    }
  });
});

async function runChild(args: readonly string[], effectsFile: string): Promise<Exit> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", CHILD, ...args], {
    env: { ...process.env, EFFECTS_FILE: effectsFile },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  return { output, signal };
}
