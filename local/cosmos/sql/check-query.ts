import { notImitated, QueryError } from "./query-error.ts";
import type { Expression, Query } from "./syntax.ts";
import { childrenOf, hasAggregate, isGrouped, selected } from "./walk.ts";

/**
 * Checks what the grammar alone cannot: names, and where aggregates may stand.
 *
 * @throws {@link QueryError}
 */
export function checkQuery(query: Query, outerNames: ReadonlySet<string> = new Set()): void {
  checkClauses(query, outerNames.size > 0);
  const names = namesOf(query, outerNames);
  for (const expression of rowExpressionsOf(query)) {
    if (hasAggregate(expression)) {
      throw new QueryError("SC2102", "An aggregate function may only appear in the SELECT clause.");
    }
    checkNames(expression, names);
  }
  for (const expression of selected(query)) {
    checkNames(expression, names);
  }
  checkGroups(query);
}

function checkClauses({ selection, from, joins, orderBy, offset }: Query, isInner: boolean): void {
  if (isInner && (orderBy.length > 0 || offset !== undefined)) {
    throw notImitated("ORDER BY and OFFSET in a subquery");
  }
  if (selection.kind === "everything" && (from === undefined || joins.length > 0)) {
    throw new QueryError("SC2040", "'SELECT *' is only valid with a single input set.");
  }
}

function namesOf(query: Query, outerNames: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(outerNames);
  const isOuter = outerNames.size === 0;
  const sources = query.from === undefined ? [] : [query.from, ...query.joins];
  for (const [index, source] of sources.entries()) {
    if (index > 0 || !isOuter) {
      checkNames(source.expression, names);
    }
    if (names.has(source.alias)) {
      throw new QueryError("SC2011", `The input alias '${source.alias}' is specified more than once.`);
    }
    names.add(source.alias);
  }
  return names;
}

function rowExpressionsOf(query: Query): readonly Expression[] {
  const { where, groupBy, orderBy } = query;
  return [
    ...(where === undefined ? [] : [where]),
    ...groupBy,
    ...orderBy.map(({ expression }) => expression),
  ];
}

function checkNames(expression: Expression, names: ReadonlySet<string>): void {
  if (expression.kind === "identifier" && !names.has(expression.name)) {
    const { name, start, end } = expression;
    throw new QueryError("SC2001", `Identifier '${name}' could not be resolved.`, { start, end });
  }
  if (expression.kind === "subquery") {
    checkQuery(expression.query, names);
  }
  for (const child of childrenOf(expression)) {
    checkNames(child, names);
  }
}

function checkGroups(query: Query): void {
  if (!isGrouped(query)) {
    return;
  }
  if (query.selection.kind === "everything") {
    throw new QueryError("SC2103", "'SELECT *' is not valid with GROUP BY.");
  }
  if (query.groupBy.length > 0 && query.orderBy.length > 0) {
    throw new QueryError("SC2104", "'ORDER BY' is not supported in presence of GROUP BY.");
  }
  const groups = new Set(query.groupBy.map(shapeOf));
  if (!selected(query).every((expression) => isOfGroup(expression, groups))) {
    throw new QueryError(
      "SC2105",
      "Property reference is invalid in the SELECT list because it is not contained in either an aggregate function " +
        "or the GROUP BY clause.",
    );
  }
}

function isOfGroup(expression: Expression, groups: ReadonlySet<string>): boolean {
  if (expression.kind === "aggregate" || groups.has(shapeOf(expression))) {
    return true;
  }
  if (expression.kind === "identifier" || expression.kind === "member" || expression.kind === "subquery") {
    return false;
  }
  return childrenOf(expression).every((child) => isOfGroup(child, groups));
}

/** The same for expressions that say the same, wherever they stand. */
function shapeOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) =>
    key === "start" || key === "end" ? undefined : value,
  );
}
