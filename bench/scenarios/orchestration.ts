import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Figure, Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";
import { loadDurableApp } from "../../test/support/durable-app.ts";
import { startTestRuntime, type TestRuntime } from "../../test/support/durable-runtime.ts";

/** The Durable engine of the local host, its database in a file. */
export const orchestration: Scenario = {
  name: "orchestration",
  run: async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "bench-durable-"));
    const app = await loadDurableApp(() => import("../../test/support/durable-apps/conformance-app.ts"));
    const test = await startTestRuntime(app, { databaseFile: path.join(directory, "durable.sqlite") });
    try {
      return [
        await figure(test, "fan-out to 50 activities of 5 ms", ["fanOut", { count: 50 }]),
        await figure(test, "200 activities one after the other", ["sequence", { steps: 200 }]),
      ];
    } finally {
      await test.runtime.close();
      await rm(directory, { recursive: true, force: true });
    }
  },
};

const ROUNDS = 7;

async function figure(
  test: TestRuntime,
  what: string,
  [name, input]: readonly [name: string, input: object],
): Promise<Figure> {
  await test.run(name, input);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    await test.run(name, input);
    times.push(performance.now() - startedMs);
  }
  return { what, unit: "ms", statistics: statisticsOf(times) };
}
