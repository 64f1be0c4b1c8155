import type { Value } from "../json.ts";
import type { AggregateName } from "./syntax.ts";
import { compareValues, typeRank } from "./value-order.ts";

/** Undefined values do not count; a value that is no number makes SUM and AVG undefined. */
export function aggregate(name: AggregateName, values: readonly Value[]): Value {
  const defined = values.filter((value) => value !== undefined);
  switch (name) {
    case "count":
      return defined.length;
    case "sum":
      return sum(defined);
    case "avg": {
      const total = sum(defined);
      return total === undefined || defined.length === 0 ? undefined : total / defined.length;
    }
    case "min":
      return extreme(defined, -1);
    case "max":
      return extreme(defined, 1);
  }
}

function sum(values: readonly Value[]): number | undefined {
  let total = 0;
  for (const value of values) {
    if (typeof value !== "number") {
      return undefined;
    }
    total += value;
  }
  return total;
}

/** Arrays and objects have no extremes. */
function extreme(values: readonly Value[], sign: 1 | -1): Value {
  if (values.some((value) => typeRank(value) > 5)) {
    return undefined;
  }
  return values.reduce<Value>(
    (best, value) => (best === undefined || sign * compareValues(value, best) > 0 ? value : best),
    undefined,
  );
}
