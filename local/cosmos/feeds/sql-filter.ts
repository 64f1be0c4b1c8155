import type { SQLInputValue } from "node:sqlite";

import { namesOfPath, type SortKey, sortKeyOf } from "../documents/sort-key.ts";
import type { Json } from "../json.ts";
import type { BinaryOperator, Expression } from "../sql/syntax.ts";
import { typeRank } from "../sql/value-order.ts";
import { pathOf } from "../sql/walk.ts";

/** A condition for SQLite that lets every wanted document pass. */
export interface SqlFilter {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
  /** Whether it lets no other document pass. */
  readonly isExact: boolean;
}

export interface FilterContext {
  /** Of the documents, in the query. */
  readonly alias: string;
  readonly parameters: ReadonlyMap<string, Json>;
}

type Comparison = Extract<BinaryOperator, "=" | "!=" | "<" | "<=" | ">" | ">=">;

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  "=": "=",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** @returns undefined for a condition that only the evaluator understands. */
export function sqlFilter(expression: Expression, context: FilterContext): SqlFilter | undefined {
  if (expression.kind === "in") {
    return membership(expression, context);
  }
  if (expression.kind !== "binary") {
    return undefined;
  }
  const { operator, left, right } = expression;
  if (operator === "and" || operator === "or") {
    return logical(operator, [sqlFilter(left, context), sqlFilter(right, context)]);
  }
  if (!isComparison(operator)) {
    return undefined;
  }
  return (
    comparison({ path: left, operator, constant: right }, context) ??
    comparison({ path: right, operator: MIRRORED[operator], constant: left }, context)
  );
}

function isComparison(operator: BinaryOperator): operator is Comparison {
  return Object.hasOwn(MIRRORED, operator);
}

/** One side of AND may be missing: the filter then lets more pass. */
function logical(operator: "and" | "or", sides: readonly (SqlFilter | undefined)[]): SqlFilter | undefined {
  const known = sides.filter((side) => side !== undefined);
  if (known.length === 0 || (operator === "or" && known.length < sides.length)) {
    return undefined;
  }
  return {
    sql: `(${known.map(({ sql }) => sql).join(` ${operator} `)})`,
    values: known.flatMap(({ values }) => values),
    isExact: known.length === sides.length && known.every(({ isExact }) => isExact),
  };
}

interface PathComparison {
  readonly path: Expression;
  readonly operator: Comparison;
  readonly constant: Expression;
}

/** Whether a condition lets only documents pass that have a text, or only those that have a number, at a path. */
export function fixesType(where: Expression | undefined, path: Expression, context: FilterContext): boolean {
  if (where?.kind !== "binary") {
    return false;
  }
  const { operator, left, right } = where;
  if (operator === "and") {
    return fixesType(left, path, context) || fixesType(right, path, context);
  }
  const wanted = keyOf(path, context)?.value;
  const isSided = (side: Expression, other: Expression): boolean =>
    keyOf(side, context)?.value === wanted &&
    ["string", "number"].includes(typeof constantOf(other, context));
  return wanted !== undefined && isComparison(operator) && (isSided(left, right) || isSided(right, left));
}

function comparison(
  { path, operator, constant }: PathComparison,
  context: FilterContext,
): SqlFilter | undefined {
  const key = keyOf(path, context);
  const value = constantOf(constant, context);
  if (key === undefined || value === undefined) {
    return undefined;
  }
  const rank = typeRank(value);
  if (typeof value === "string" || typeof value === "number") {
    const sign = operator === "!=" ? "<>" : operator;
    return exact(`(${key.value} ${sign} ? and ${key.rank} = ${rank})`, [value]);
  }
  return operator === "=" ? exact(`(${key.rank} = ${rank})`, []) : undefined;
}

function membership(
  { operand, items }: Extract<Expression, { kind: "in" }>,
  context: FilterContext,
): SqlFilter | undefined {
  const key = keyOf(operand, context);
  const values = items.map((item) => constantOf(item, context));
  if (key === undefined || values.includes(undefined)) {
    return undefined;
  }
  const parts = [4, 5].map((rank) => {
    const alike = values.filter((value) => typeof value === "string" || typeof value === "number");
    const ofRank = alike.filter((value) => typeRank(value) === rank);
    return exact(`(${key.rank} = ${rank} and ${key.value} in (${ofRank.map(() => "?").join(", ")}))`, ofRank);
  });
  const ranks = values.map(typeRank).filter((rank) => rank < 4);
  return logical("or", [...parts, exact(`(${key.rank} in (${ranks.join(", ")}))`, [])]);
}

function exact(sql: string, values: readonly SQLInputValue[]): SqlFilter {
  return { sql, values, isExact: true };
}

/** The id has a column of its own and is always text. */
export function keyOf(path: Expression, { alias }: FilterContext): SortKey | undefined {
  const found = pathOf(path);
  if (found?.alias !== alias) {
    return undefined;
  }
  return found.names.length === 1 && found.names[0] === "id"
    ? { rank: "5", value: "id" }
    : sortKeyOf(found.names);
}

/** @returns undefined for what is no constant, and for constants that SQLite compares in another way. */
function constantOf(expression: Expression, { parameters }: FilterContext): Json | undefined {
  const value =
    expression.kind === "literal"
      ? expression.value
      : expression.kind === "parameter"
        ? parameters.get(expression.name)
        : undefined;
  const isComparable =
    typeof value === "string" ? value.isWellFormed() : typeof value !== "object" || value === null;
  return isComparable ? value : undefined;
}

export function isSamePath(expression: Expression, alias: string, path: string): boolean {
  const found = pathOf(expression);
  return found?.alias === alias && JSON.stringify(found.names) === JSON.stringify(namesOfPath(path));
}
