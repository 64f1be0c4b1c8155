import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Figure, Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";
import { loadDurableApp } from "../../test/support/durable-app.ts";
import { startTestRuntime } from "../../test/support/durable-runtime.ts";

const FAN_OUT = { count: 50 };

/** The Durable engine of the local host, its database in a file. */
export const orchestration: Scenario = {
  name: "orchestration",
  run: async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "bench-durable-"));
    const app = await loadDurableApp(() => import("../../test/support/durable-apps/conformance-app.ts"));
    const test = await startTestRuntime(app, { databaseFile: path.join(directory, "durable.sqlite") });
    const atOnce = async (count: number): Promise<void> => {
      const ids = await Promise.all(Array.from({ length: count }, () => test.start("fanOut", FAN_OUT)));
      await Promise.all(ids.map((id) => test.ended(id)));
    };
    try {
      return [
        await figure("fan-out to 50 activities of 5 ms", 7, () => test.run("fanOut", FAN_OUT)),
        await figure("200 activities one after the other", 7, () => test.run("sequence", { steps: 200 })),
        await figure("1,000 activities one after the other", 5, () => test.run("sequence", { steps: 1000 })),
        await figure("200 orchestrations of 50 activities of 5 ms at once", 3, () => atOnce(200)),
      ];
    } finally {
      await test.runtime.close();
      await rm(directory, { recursive: true, force: true });
    }
  },
};

/** After a run that is not measured. */
async function figure(what: string, rounds: number, run: () => Promise<unknown>): Promise<Figure> {
  await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now();
    await run();
    times.push(performance.now() - startedMs);
  }
  return { what, unit: "ms", statistics: statisticsOf(times) };
}
