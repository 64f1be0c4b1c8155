import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { localSettings } from "../../local/stack/local-settings.ts";
import type { Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";

const loadSchema = z.object({ wallMs: z.number(), processorMs: z.number() });
type Load = z.output<typeof loadSchema>;

const run = promisify(execFile);
const ROUNDS = 9;
const GOAL_MS = 150;
const PROGRAM = path.join(import.meta.dirname, "..", "harness", "load-bundle.ts");
const NOWHERE = "http://127.0.0.1:9";

/** Loading the deployed bundle in a new process, until every function is registered; the process itself not counted. */
export const coldStart: Scenario = {
  name: "cold-start",
  run: async () => {
    await builtBundle();
    const loads: Load[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const { stdout } = await run(process.execPath, [PROGRAM], { env: { ...process.env, ...settings() } });
      loads.push(loadSchema.parse(JSON.parse(stdout)));
    }
    const measured = loads.slice(1);
    const clock = statisticsOf(measured.map(({ wallMs }) => wallMs));
    const what = "import of dist/main.js until all functions are registered";
    return [
      {
        what,
        unit: "ms",
        statistics: clock,
        goal: `under ${GOAL_MS} ms`,
        isReached: clock.median < GOAL_MS,
      },
      {
        what: "the same in processor time, which a busy machine does not stretch",
        unit: "ms",
        statistics: statisticsOf(measured.map(({ processorMs }) => processorMs)),
      },
    ];
  },
};

async function builtBundle(): Promise<void> {
  try {
    await access("dist/main.js");
  } catch {
    await run(process.execPath, ["scripts/build.ts"]);
  }
}

function settings(): Record<string, string> {
  const urls = { entra: NOWHERE, speech: NOWHERE, translator: NOWHERE, openAi: NOWHERE };
  return localSettings({
    urls,
    database: { COSMOS_DB_ENDPOINT: NOWHERE, COSMOS_DB_KEY: "bm9uZQ==" },
    storageConnectionString: "UseDevelopmentStorage=true",
  });
}
