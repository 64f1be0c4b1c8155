import { isArray, isObject } from "../json.ts";
import type { FunctionTable } from "./built-in-function.ts";

export const typeFunctions: FunctionTable = {
  is_defined: { arity: [1, 1], apply: (value) => value !== undefined },
  is_null: { arity: [1, 1], apply: (value) => value === null },
  is_bool: { arity: [1, 1], apply: (value) => typeof value === "boolean" },
  is_number: { arity: [1, 1], apply: (value) => typeof value === "number" },
  is_integer: { arity: [1, 1], apply: (value) => Number.isSafeInteger(value) },
  is_string: { arity: [1, 1], apply: (value) => typeof value === "string" },
  is_array: { arity: [1, 1], apply: (value) => isArray(value) },
  is_object: { arity: [1, 1], apply: (value) => isObject(value) },
  is_primitive: {
    arity: [1, 1],
    apply: (value) => value !== undefined && !isArray(value) && !isObject(value),
  },
  iif: { arity: [3, 3], apply: (test, then, otherwise) => (test === true ? then : otherwise) },
  getcurrentdatetime: { arity: [0, 0], apply: () => new Date().toISOString().replace("Z", "0000Z") },
  getcurrenttimestamp: { arity: [0, 0], apply: () => Date.now() },
};
