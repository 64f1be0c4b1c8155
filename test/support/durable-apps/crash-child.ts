/** A process that drives the twenty steps, and kills itself at random moments: `crash-child.ts file id seed rate`. */
import { setTimeout as sleep } from "node:timers/promises";
import { loadDurableApp } from "../durable-app.ts";
import { startTestRuntime } from "../durable-runtime.ts";
import { seededRandom } from "../../../local/faults/seeded-random.ts";

const [databaseFile = "", instanceId = "", seed = "0", killRate = "0"] = process.argv.slice(2);

const app = await loadDurableApp(() => import("./twenty-steps-app.ts"));
const test = await startTestRuntime(app, {
  databaseFile,
  chaos: {
    random: seededRandom(Number(seed)),
    killRate: Number(killRate),
    kill: () => {
      process.kill(process.pid, "SIGKILL");
    },
  },
});
const found = await test.fetch(`instances/${instanceId}`);
if (found.status === 404) {
  await test.fetch(`orchestrators/twentySteps/${instanceId}`, { method: "POST", body: "{}" });
}
let response = await test.fetch(`instances/${instanceId}`);
while (response.status === 202) {
  await sleep(2);
  response = await test.fetch(`instances/${instanceId}`);
}
process.stdout.write(await response.text());
await test.runtime.close();
