import { arrayFunctions } from "./array-functions.ts";
import { numberFunctions } from "./number-functions.ts";
import type { BuiltInFunction } from "./built-in-function.ts";
import { QueryError } from "./query-error.ts";
import type { AggregateName } from "./syntax.ts";
import { textFunctions } from "./text-functions.ts";
import { typeFunctions } from "./type-functions.ts";

const FUNCTIONS: ReadonlyMap<string, BuiltInFunction> = new Map(
  Object.entries({ ...typeFunctions, ...textFunctions, ...numberFunctions, ...arrayFunctions }),
);

const AGGREGATES: ReadonlySet<string> = new Set<AggregateName>(["count", "sum", "avg", "min", "max"]);

export function isAggregate(name: string): name is AggregateName {
  return AGGREGATES.has(name);
}

/** @throws {@link QueryError} for a name that is no function, or for a wrong number of parameters. */
export function functionNamed(
  name: string,
  parameterCount: number,
  location?: { readonly start: number; readonly end: number },
): BuiltInFunction {
  const found = FUNCTIONS.get(name.toLowerCase());
  if (found === undefined) {
    throw new QueryError("SC2005", `'${name}' is not a recognized built-in function name.`, location);
  }
  const [fewest, most] = found.arity;
  if (parameterCount < fewest || parameterCount > most) {
    const wanted = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
    throw new QueryError("SC2050", `The ${name} function requires ${wanted} arguments.`, location);
  }
  return found;
}
