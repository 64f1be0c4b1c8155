import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

// Runs the acceptance ring against the stack as `npm start` with these flags brings it up. `--bundle` is built first.

const flags = process.argv.slice(2);
if (flags.includes("--bundle")) {
  run(["scripts/build.ts"]);
}
const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
run([vitest, "run", "--project", "acceptance"]);

function run(argument: readonly string[]): void {
  const { status } = spawnSync(process.execPath, argument, {
    stdio: "inherit",
    env: { ...process.env, STACK_FLAGS: flags.join(" ") },
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
