import { writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Loaded before everything else into the processes of a stack. In the one that runs the app it collects the garbage once a
 * second and writes what is left, in megabytes, into the file that LIVE_MEMORY_FILE names: how much memory a process holds
 * says more about when it was last collected than about what it keeps.
 */
const INTERVAL_MS = 1_000;
const BYTES_PER_MB = 1_000_000;

const file = process.env["LIVE_MEMORY_FILE"];

if (file !== undefined && process.argv[1]?.endsWith("host-child.ts") === true) {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  setInterval(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(file, String((heapUsed + external) / BYTES_PER_MB));
  }, INTERVAL_MS).unref();
}
