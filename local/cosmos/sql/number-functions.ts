import type { Value } from "../json.ts";
import type { BuiltInFunction, FunctionTable } from "./built-in-function.ts";

export const numberFunctions: FunctionTable = {
  abs: one(Math.abs),
  ceiling: one(Math.ceil),
  floor: one(Math.floor),
  round: one(roundHalfAwayFromZero),
  trunc: one(Math.trunc),
  sign: one(Math.sign),
  sqrt: one(Math.sqrt),
  square: one((x) => x * x),
  exp: one(Math.exp),
  log10: one(Math.log10),
  log: {
    arity: [1, 2],
    apply: (x, base) =>
      base === undefined ? one(Math.log).apply(x) : two((a, b) => Math.log(a) / Math.log(b)).apply(x, base),
  },
  power: two((x, y) => x ** y),
};

/** @returns undefined for what JSON cannot hold: infinities and NaN. */
export function finite(value: number): Value {
  return Number.isFinite(value) ? value : undefined;
}

function one(calculate: (x: number) => number): BuiltInFunction {
  return { arity: [1, 1], apply: (x) => (typeof x === "number" ? finite(calculate(x)) : undefined) };
}

function two(calculate: (x: number, y: number) => number): BuiltInFunction {
  return {
    arity: [2, 2],
    apply: (x, y) => (typeof x === "number" && typeof y === "number" ? finite(calculate(x, y)) : undefined),
  };
}

function roundHalfAwayFromZero(x: number): number {
  return Math.sign(x) * Math.round(Math.abs(x));
}
