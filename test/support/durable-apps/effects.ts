import { appendFileSync, readFileSync } from "node:fs";

const EFFECTS_FILE = process.env["EFFECTS_FILE"];
const memory = new Map<string, number>();

/** Does something to the world outside: returns how often it has been done, with this time. */
export function recordEffect(run: string, step: string): number {
  const key = `${run} ${step}`;
  if (EFFECTS_FILE === undefined) {
    const count = (memory.get(key) ?? 0) + 1;
    memory.set(key, count);
    return count;
  }
  appendFileSync(EFFECTS_FILE, `${key}\n`);
  return effectsIn(EFFECTS_FILE, run).get(step) ?? 0;
}

/** How often each step of a run was done in this process. */
export function effectsOf(run: string): Map<string, number> {
  return ofRun(
    run,
    [...memory].flatMap(([key, count]) => Array.from({ length: count }, () => key)),
  );
}

/** How often each step of a run was done by processes that share a file. */
export function effectsIn(file: string, run: string): Map<string, number> {
  return ofRun(run, readFileSync(file, "utf8").trimEnd().split("\n"));
}

function ofRun(run: string, keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys.filter((line) => line.startsWith(`${run} `))) {
    const step = key.slice(run.length + 1);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return counts;
}
