import path from "node:path";
import { pathToFileURL } from "node:url";
import { createCoreModule } from "../../local/host/core/core-module.ts";
import { installCore } from "../../local/host/core/install-core.ts";
import { Registrations } from "../../local/host/core/registrations.ts";

/** Loads the bundle as a new worker of Azure does, and prints how long it took until all functions were registered, on the clock
 * and on the processor. */
const registrations = new Registrations();
installCore(createCoreModule(registrations, () => undefined));
const bundle = pathToFileURL(path.resolve("dist/main.js")).href;
const cpuBefore = process.cpuUsage();
const startedMs = performance.now();
await import(bundle);
const wallMs = performance.now() - startedMs;
const { user, system } = process.cpuUsage(cpuBefore);
if (registrations.functions.length === 0) {
  throw new Error("The bundle registers no function.");
}
console.log(JSON.stringify({ wallMs, processorMs: (user + system) / 1000 }));
process.exit(0);
