import { BenchContext } from "./harness/bench-context.ts";
import { circumstances, printFigures, writeReport } from "./harness/report.ts";
import type { Scenario } from "./harness/scenario.ts";
import { batch, batch10000 } from "./scenarios/batch.ts";
import { batchCancel } from "./scenarios/batch-cancel.ts";
import { batchSoak } from "./scenarios/batch-soak.ts";
import { cachedSpeak } from "./scenarios/cached-speak.ts";
import { coldStart } from "./scenarios/cold-start.ts";
import { concurrentSpeaks } from "./scenarios/concurrent-speaks.ts";
import { history } from "./scenarios/history.ts";
import { lexicon } from "./scenarios/lexicon.ts";
import { noisyNeighbour } from "./scenarios/noisy-neighbour.ts";
import { orchestration } from "./scenarios/orchestration.ts";
import { speak } from "./scenarios/speak.ts";
import { speechStandIn } from "./scenarios/speech-stand-in.ts";
import { ssml } from "./scenarios/ssml.ts";
import { stalledClients } from "./scenarios/stalled-clients.ts";
import { stream } from "./scenarios/stream.ts";
import { voices } from "./scenarios/voices.ts";

/** Those that load this process come last. */
const SCENARIOS: readonly Scenario[] = [
  coldStart,
  speak,
  stream,
  cachedSpeak,
  concurrentSpeaks,
  stalledClients,
  batch,
  batch10000,
  batchCancel,
  batchSoak,
  noisyNeighbour,
  voices,
  history,
  lexicon,
  ssml,
  orchestration,
  speechStandIn,
];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  const known = SCENARIOS.map(({ name }) => name).join(", ");
  console.error(`unknown: ${unknown.join(", ")}\nusage: npm run bench -- [name ...]\nnames: ${known}`);
  process.exitCode = 2;
} else {
  await runAll(
    SCENARIOS.filter(({ name, isUsual = true }) => (names.length === 0 ? isUsual : names.includes(name))),
  );
  // The library of the Functions host, which `orchestration` loads, never closes its server.
  process.exit();
}

async function runAll(scenarios: readonly Scenario[]): Promise<void> {
  const context = new BenchContext();
  try {
    for (const scenario of scenarios) {
      const { name } = scenario;
      const around = circumstances();
      const figures = await scenario.run(context);
      printFigures(name, figures, around.load);
      console.log(await writeReport(name, { name, circumstances: around, figures }));
    }
  } finally {
    await context.close();
  }
}
