import type { DurableFunction } from "./engine-options.ts";

/** Finds functions by name, ignoring case, as Azure does. */
export class FunctionRegistry {
  readonly #functions = new Map<string, DurableFunction>();

  constructor(functions: readonly DurableFunction[]) {
    for (const fn of functions) {
      this.#functions.set(keyOf(fn.kind, fn.name), fn);
    }
  }

  /** @throws {Error} when the app registers no such function. */
  get(kind: DurableFunction["kind"], name: string): DurableFunction {
    const fn = this.find(kind, name);
    if (fn === undefined) {
      throw new Error(this.missing(kind, name));
    }
    return fn;
  }

  find(kind: DurableFunction["kind"], name: string): DurableFunction | undefined {
    return this.#functions.get(keyOf(kind, name));
  }

  missing(kind: DurableFunction["kind"], name: string): string {
    const what = kind === "activityTrigger" ? "activity" : "orchestrator";
    const known = [...this.#functions.values()].filter((fn) => fn.kind === kind).map((fn) => `'${fn.name}'`);
    return (
      `The function '${name}' doesn't exist, is disabled, or is not an ${what} function. ` +
      `Additional info: the following are the known ${what} functions: ${known.join(", ")}.`
    );
  }
}

function keyOf(kind: DurableFunction["kind"], name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}
