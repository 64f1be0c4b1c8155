import { isArray, isObject, type Json, type Value } from "../json.ts";
import type { FunctionTable } from "./built-in-function.ts";
import { deepEquals } from "./value-order.ts";

export const arrayFunctions: FunctionTable = {
  array_length: { arity: [1, 1], apply: (array) => (isArray(array) ? array.length : undefined) },
  array_contains: {
    arity: [2, 3],
    apply: (array, wanted, isPartial) =>
      isArray(array) ? array.some((item) => fits(item, wanted, isPartial === true)) : undefined,
  },
  array_contains_any: {
    arity: [2, 200],
    apply: (array, ...wanted) =>
      isArray(array) ? wanted.some((one) => array.some((item) => deepEquals(item, one))) : undefined,
  },
  array_contains_all: {
    arity: [2, 200],
    apply: (array, ...wanted) =>
      isArray(array) ? wanted.every((one) => array.some((item) => deepEquals(item, one))) : undefined,
  },
  array_concat: {
    arity: [2, 200],
    apply: (...arrays) => (arrays.every(isArray) ? arrays.flat() : undefined),
  },
  array_slice: {
    arity: [2, 3],
    apply: (array, start, length) => {
      if (!isArray(array) || typeof start !== "number") {
        return undefined;
      }
      const first = start < 0 ? Math.max(0, array.length + start) : start;
      return array.slice(first, typeof length === "number" ? first + Math.max(0, length) : undefined);
    },
  },
  setintersect: {
    arity: [2, 2],
    apply: (a, b) =>
      isArray(a) && isArray(b)
        ? distinct(a).filter((item) => b.some((other) => deepEquals(item, other)))
        : undefined,
  },
  setunion: {
    arity: [2, 2],
    apply: (a, b) => (isArray(a) && isArray(b) ? distinct([...a, ...b]) : undefined),
  },
};

function fits(item: Json, wanted: Value, isPartial: boolean): boolean {
  if (isPartial && isObject(item) && isObject(wanted)) {
    return Object.entries(wanted).every(([name, value]) => deepEquals(item[name], value));
  }
  return deepEquals(item, wanted);
}

function distinct(items: readonly Json[]): Json[] {
  return items.filter((item, index) => items.findIndex((other) => deepEquals(item, other)) === index);
}
