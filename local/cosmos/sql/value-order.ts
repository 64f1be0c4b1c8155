import { isArray, isObject, type Value } from "../json.ts";

/** Where a type sorts: undefined, null, false, true, numbers, texts, arrays, objects. */
export function typeRank(value: Value): number {
  if (value === undefined) {
    return 0;
  }
  if (value === null) {
    return 1;
  }
  if (typeof value === "boolean") {
    return value ? 3 : 2;
  }
  if (typeof value === "number") {
    return 4;
  }
  if (typeof value === "string") {
    return 5;
  }
  return isArray(value) ? 6 : 7;
}

/** Total order over all values, the one of ORDER BY, MIN and MAX. */
export function compareValues(a: Value, b: Value): number {
  const difference = typeRank(a) - typeRank(b);
  if (difference !== 0) {
    return difference;
  }
  if (typeof a === "number" && typeof b === "number") {
    return a - b;
  }
  if (typeof a === "string" && typeof b === "string") {
    return compareText(a, b);
  }
  return typeof a === "object" && a !== null ? compareText(JSON.stringify(a), JSON.stringify(b)) : 0;
}

/** Order of code points, which is the order of UTF-8 bytes; `<` compares UTF-16 code units. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) {
      return codePointWeight(left) - codePointWeight(right);
    }
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other code unit. */
function codePointWeight(unit: number): number {
  if (unit < 0xd800) {
    return unit;
  }
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

export function deepEquals(a: Value, b: Value): boolean {
  if (isArray(a) && isArray(b)) {
    return a.length === b.length && a.every((item, index) => deepEquals(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && deepEquals(a[name], b[name]))
    );
  }
  return a === b;
}

/** Whether `=` and its kin compare two values at all; values of different types give undefined. */
export function areComparable(a: Value, b: Value): boolean {
  return a !== undefined && b !== undefined && kindOf(a) === kindOf(b);
}

function kindOf(value: Value): string {
  const rank = typeRank(value);
  return rank === 2 || rank === 3 ? "boolean" : String(rank);
}
