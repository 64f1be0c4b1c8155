import type { Value } from "../json.ts";

export interface BuiltInFunction {
  /** Fewest and most parameters. */
  readonly arity: readonly [number, number];
  apply(this: void, ...parameters: readonly Value[]): Value;
}

export type FunctionTable = Readonly<Record<string, BuiltInFunction>>;
