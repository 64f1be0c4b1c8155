import type { Value } from "../json.ts";
import { finite } from "./number-functions.ts";
import type { ArithmeticOperator, ComparisonOperator } from "./syntax.ts";
import { areComparable, compareValues, deepEquals, typeRank } from "./value-order.ts";

export function negated(value: Value): Value {
  return typeof value === "boolean" ? !value : undefined;
}

export function signed(operator: "-" | "+" | "~", value: Value): Value {
  if (typeof value !== "number" || operator === "+") {
    return typeof value === "number" ? value : undefined;
  }
  return operator === "~" ? ~value : -value;
}

const ARITHMETIC: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "|": (a, b) => a | b,
  "&": (a, b) => a & b,
  "^": (a, b) => a ^ b,
};

export function isArithmetic(operator: string): operator is ArithmeticOperator {
  return Object.hasOwn(ARITHMETIC, operator);
}

export function calculated(operator: ArithmeticOperator, a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? finite(ARITHMETIC[operator](a, b)) : undefined;
}

/** Three-valued: what is no boolean counts as undefined. */
export function logical(operator: "and" | "or", first: Value, second: () => Value): Value {
  const decisive = operator === "or";
  if (first === decisive) {
    return decisive;
  }
  const other = second();
  if (other === decisive) {
    return decisive;
  }
  return first === !decisive && other === !decisive ? !decisive : undefined;
}

const ORDERINGS: Readonly<Record<Exclude<ComparisonOperator, "=" | "!=">, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** Values of different types do not compare: the result is undefined, for `!=` as well. */
export function compared(operator: ComparisonOperator, a: Value, b: Value): Value {
  if (!areComparable(a, b)) {
    return undefined;
  }
  if (operator === "=" || operator === "!=") {
    return deepEquals(a, b) === (operator === "=");
  }
  const isOrdered = typeRank(a) <= 5;
  return isOrdered ? ORDERINGS[operator](compareValues(a, b)) : undefined;
}

const LIKE_SIGNS: Readonly<Record<string, string>> = { "%": ".*", _: "." };

/** `%` any text, `_` one character, `[a-c]` and `[^a-c]` one of a set. */
export function isLike(text: Value, pattern: Value, escape: string | undefined): Value {
  if (typeof text !== "string" || typeof pattern !== "string") {
    return undefined;
  }
  return new RegExp(`^${likeSource(pattern, escape)}$`, "s").test(text);
}

function likeSource(pattern: string, escape: string | undefined): string {
  let source = "";
  for (let index = 0; index < pattern.length; index += 1) {
    const sign = pattern.charAt(index);
    if (sign === escape) {
      index += 1;
      source += literally(pattern.charAt(index));
    } else {
      const set = sign === "[" ? /^\[\^?[^\]]+\]/.exec(pattern.slice(index))?.[0] : undefined;
      source += set?.replaceAll("\\", "\\\\") ?? LIKE_SIGNS[sign] ?? literally(sign);
      index += set === undefined ? 0 : set.length - 1;
    }
  }
  return source;
}

function literally(sign: string): string {
  return sign.replace(/[\\^$.*+?()[\]{}|]/, String.raw`\$&`);
}
