import type { SQLInputValue } from "node:sqlite";

import type { SortKey } from "../documents/sort-key.ts";
import type { Expression, OrderItem, Query } from "../sql/syntax.ts";
import { typeRank } from "../sql/value-order.ts";
import type { Continuation } from "./continuation.ts";
import type { PartitionScope } from "./partition-scope.ts";
import type { FeedRequest } from "./query-page.ts";
import { type FilterContext, fixesType, isSamePath, keyOf, sqlFilter } from "./sql-filter.ts";

/** A query that has been checked, with all that its page depends on. */
export interface QueryContext {
  readonly query: Query;
  readonly request: FeedRequest;
  readonly scope: PartitionScope;
  readonly fingerprint: string;
  readonly continuation: Continuation | undefined;
}

export interface DocumentScan {
  readonly where: readonly string[];
  readonly values: readonly SQLInputValue[];
  /** Whether exactly the documents that the query wants pass. */
  readonly isExact: boolean;
}

/** Whether the rows of a query are whole documents: `FROM c`. */
export function readsDocuments({ from }: Query): boolean {
  return from?.expression.kind === "identifier" && !from.iterates;
}

/** What SQLite can sort out before the evaluator sees it. */
export function documentScan({ query, request, scope }: QueryContext): DocumentScan {
  const { where, from } = query;
  if (where === undefined || from === undefined || !readsDocuments(query)) {
    return { where: scope.where, values: scope.values, isExact: where === undefined };
  }
  const filter = sqlFilter(where, { alias: from.alias, parameters: request.parameters });
  return {
    where: filter === undefined ? scope.where : [...scope.where, filter.sql],
    values: filter === undefined ? scope.values : [...scope.values, ...filter.values],
    isExact: filter?.isExact === true,
  };
}

/** ORDER BY for SQLite. */
export interface OrderColumns {
  readonly orderBy: readonly string[];
  /** Lets SQLite start at the place where the page before ended, or a little before it. */
  readonly start: SqlCondition | undefined;
  /** Whether documents of equal keys come in the order of their creation, or the other way round. */
  readonly isTailDescending: boolean;
}

interface SqlCondition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** @returns undefined when only the evaluator can sort. */
export function orderColumns(context: QueryContext): OrderColumns | undefined {
  const items = varyingItems(context);
  const columns = items.map((item) => columnsOf(item, context));
  if (columns.includes(undefined)) {
    return undefined;
  }
  const isTailDescending = items.at(-1)?.isDescending ?? false;
  const isUnique =
    context.scope.isSingle && items.some(({ expression }) => sortKeyIn(context, expression)?.value === "id");
  const tail = isUnique ? [] : [isTailDescending ? "position desc" : "position"];
  return {
    orderBy: [...columns.flatMap((one) => one ?? []), ...tail],
    start: startOf(context),
    isTailDescending,
  };
}

/** Within one partition its key is the same for all. */
function varyingItems({ query, request, scope }: QueryContext): readonly OrderItem[] {
  const fixedPaths = scope.isSingle ? request.container.settings.partitionKey.paths : [];
  const alias = query.from?.alias ?? "";
  return query.orderBy.filter(
    ({ expression }) => !fixedPaths.some((path) => isSamePath(expression, alias, path)),
  );
}

/** Where all have one type, its rank needs no sorting. */
function columnsOf(
  { expression, isDescending }: OrderItem,
  context: QueryContext,
): readonly string[] | undefined {
  const key = sortKeyIn(context, expression);
  if (key === undefined) {
    return undefined;
  }
  const hasOneType = key.value === "id" || fixesType(context.query.where, expression, filterContext(context));
  const columns = hasOneType ? [key.value] : [key.rank, key.value];
  return columns.map((column) => (isDescending ? `${column} desc` : column));
}

function sortKeyIn(context: QueryContext, expression: Expression): SortKey | undefined {
  return keyOf(expression, filterContext(context));
}

function filterContext({ query, request }: QueryContext): FilterContext {
  return { alias: query.from?.alias ?? "", parameters: request.parameters };
}

function startOf(context: QueryContext): SqlCondition | undefined {
  const { query, continuation } = context;
  const [first] = query.orderBy;
  if (continuation === undefined || continuation.position === null) {
    return undefined;
  }
  if (first === undefined) {
    return { sql: "position > ?", values: [continuation.position] };
  }
  const value = continuation.keys[0]?.[0];
  const key = sortKeyIn(context, first.expression);
  if (key === undefined || (typeof value !== "string" && typeof value !== "number")) {
    return undefined;
  }
  const sign = first.isDescending ? "<=" : ">=";
  return { sql: `(${key.rank}, ${key.value}) ${sign} (?, ?)`, values: [typeRank(value), value] };
}
