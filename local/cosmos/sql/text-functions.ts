import { isArray, isObject, parseJson, type Value } from "../json.ts";
import type { BuiltInFunction, FunctionTable } from "./built-in-function.ts";

export const textFunctions: FunctionTable = {
  contains: comparing((text, part) => text.includes(part)),
  startswith: comparing((text, part) => text.startsWith(part)),
  endswith: comparing((text, part) => text.endsWith(part)),
  stringequals: comparing((text, other) => text === other),
  lower: ofText((text) => text.toLowerCase()),
  upper: ofText((text) => text.toUpperCase()),
  length: ofText((text) => text.length),
  trim: ofText((text) => text.trim()),
  ltrim: ofText((text) => text.trimStart()),
  rtrim: ofText((text) => text.trimEnd()),
  reverse: ofText((text) => Array.from(text).toReversed().join("")),
  concat: {
    arity: [2, 200],
    apply: (...parts) => (parts.every((part) => typeof part === "string") ? parts.join("") : undefined),
  },
  substring: {
    arity: [3, 3],
    apply: (text, start, length) =>
      typeof text === "string" && isCount(start) && isCount(length)
        ? text.slice(start, start + length)
        : undefined,
  },
  left: {
    arity: [2, 2],
    apply: (text, length) =>
      typeof text === "string" && isCount(length) ? text.slice(0, length) : undefined,
  },
  right: {
    arity: [2, 2],
    apply: (text, length) =>
      typeof text === "string" && isCount(length) ? text.slice(Math.max(0, text.length - length)) : undefined,
  },
  index_of: {
    arity: [2, 3],
    apply: (text, part, start) =>
      typeof text === "string" && typeof part === "string"
        ? text.indexOf(part, isCount(start) ? start : 0)
        : undefined,
  },
  replace: {
    arity: [3, 3],
    apply: (text, part, by) =>
      typeof text === "string" && typeof part === "string" && typeof by === "string"
        ? text.split(part).join(by)
        : undefined,
  },
  replicate: {
    arity: [2, 2],
    apply: (text, times) =>
      typeof text === "string" && isCount(times) && times * text.length <= 10_000
        ? text.repeat(times)
        : undefined,
  },
  tostring: { arity: [1, 1], apply: textOf },
  stringtonumber: ofText((text) => ofType("number", text)),
  stringtoboolean: ofText((text) => ofType("boolean", text)),
  stringtonull: ofText((text) => (text.trim() === "null" ? null : undefined)),
  stringtoarray: ofText((text) => ofType("array", text)),
  stringtoobject: ofText((text) => ofType("object", text)),
};

/** A comparison of two texts, with a third parameter that ignores case. */
function comparing(compare: (text: string, other: string) => boolean): BuiltInFunction {
  return {
    arity: [2, 3],
    apply: (text, other, ignoresCase) => {
      if (typeof text !== "string" || typeof other !== "string") {
        return undefined;
      }
      return ignoresCase === true ? compare(text.toLowerCase(), other.toLowerCase()) : compare(text, other);
    },
  };
}

function ofText(convert: (text: string) => Value): BuiltInFunction {
  return { arity: [1, 1], apply: (text) => (typeof text === "string" ? convert(text) : undefined) };
}

function isCount(value: Value): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function textOf(value: Value): Value {
  return typeof value === "string" || value === undefined ? value : JSON.stringify(value);
}

function ofType(type: "number" | "boolean" | "array" | "object", text: string): Value {
  try {
    const value = parseJson(text);
    const found = isArray(value) ? "array" : isObject(value) ? "object" : typeof value;
    return found === type ? value : undefined;
  } catch {
    return undefined;
  }
}
