import type { Expression, Query } from "./syntax.ts";

/** The expressions directly inside one; those of a subquery stay inside it. */
export function childrenOf(expression: Expression): readonly Expression[] {
  if (expression.kind === "object") {
    return expression.members.map(({ value }) => value);
  }
  const parts: readonly unknown[] = Object.values(expression).flat();
  return parts.filter(isExpression);
}

/** Of all that an expression is made of, only expressions have a kind. */
function isExpression(part: unknown): part is Expression {
  return typeof part === "object" && part !== null && "kind" in part;
}

export function selected(query: Query): readonly Expression[] {
  const { selection } = query;
  if (selection.kind === "everything") {
    return [];
  }
  return selection.kind === "value"
    ? [selection.expression]
    : selection.fields.map(({ expression }) => expression);
}

export function hasAggregate(expression: Expression): boolean {
  return expression.kind === "aggregate" || childrenOf(expression).some(hasAggregate);
}

/** Whether rows become groups, be it one group of all. */
export function isGrouped(query: Query): boolean {
  return query.groupBy.length > 0 || selected(query).some(hasAggregate);
}

export interface DocumentPath {
  readonly alias: string;
  readonly names: readonly string[];
}

/** `c.a["b"]` as alias `c` and names `a`, `b`; undefined for what is no path of constant names. */
export function pathOf(expression: Expression): DocumentPath | undefined {
  if (expression.kind === "identifier") {
    return { alias: expression.name, names: [] };
  }
  if (expression.kind !== "member" || expression.key.kind !== "literal") {
    return undefined;
  }
  const parent = pathOf(expression.object);
  const name = expression.key.value;
  return parent && typeof name === "string" ? { ...parent, names: [...parent.names, name] } : undefined;
}
