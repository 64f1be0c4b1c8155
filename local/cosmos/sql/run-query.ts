import { isArray, type Json, type Value } from "../json.ts";
import { evaluate, objectOf, type Scope } from "./evaluate.ts";
import { QueryError } from "./query-error.ts";
import type { Expression, OrderItem, Query, Source } from "./syntax.ts";
import { compareValues } from "./value-order.ts";
import { isGrouped } from "./walk.ts";

export interface QueryInput {
  readonly documents: Iterable<Json>;
  readonly parameters: ReadonlyMap<string, Json>;
  /** The documents come in the order that the query asks for. */
  readonly isOrdered: boolean;
}

/** Results one by one, before TOP, OFFSET and LIMIT; unless the query groups or sorts, a document is read only when its result is asked for. */
export function* runQuery(query: Query, input: QueryInput): Generator<Json> {
  const root: Scope = { values: new Map(), parameters: input.parameters, group: [], run: runSubquery };
  yield* results(query, topRows(query, root, input.documents), input.isOrdered);
}

function runSubquery(query: Query, outer: Scope): readonly Json[] {
  const rows = query.from === undefined ? [outer] : rowsOf(query.from, outer, outer);
  const { skip, take } = windowOf(query, outer.parameters);
  return [...results(query, joined(query, rows), false)].slice(skip, skip + take);
}

function* topRows(query: Query, root: Scope, documents: Iterable<Json>): Generator<Scope> {
  const { from } = query;
  if (from === undefined) {
    yield root;
    return;
  }
  const collection = collectionName(from.expression);
  for (const document of documents) {
    const seen = withValue(root, collection, document);
    yield* joined(query, rowsOf(from, seen, root));
  }
}

function collectionName(expression: Expression): string {
  if (expression.kind === "identifier") {
    return expression.name;
  }
  return expression.kind === "member" ? collectionName(expression.object) : "";
}

/** Evaluates a source in `seen` and adds its rows to `base`. */
function* rowsOf(source: Source, seen: Scope, base: Scope): Generator<Scope> {
  const value = evaluate(source.expression, seen);
  const values = source.iterates ? elementsOf(value) : value === undefined ? [] : [value];
  for (const one of values) {
    yield withValue(base, source.alias, one);
  }
}

function joined(query: Query, rows: Iterable<Scope>): Iterable<Scope> {
  return query.joins.reduce<Iterable<Scope>>((left, source) => crossJoined(left, source), rows);
}

function* crossJoined(rows: Iterable<Scope>, source: Source): Generator<Scope> {
  for (const row of rows) {
    yield* rowsOf(source, row, row);
  }
}

function withValue(scope: Scope, alias: string, value: Value): Scope {
  return { ...scope, values: new Map(scope.values).set(alias, value) };
}

function* results(query: Query, rows: Iterable<Scope>, isOrdered: boolean): Generator<Json> {
  const kept = query.where === undefined ? rows : filtered(rows, query.where);
  const grouped = isGrouped(query) ? groupsOf(query, [...kept]) : kept;
  const ordered = isOrdered || query.orderBy.length === 0 ? grouped : sorted([...grouped], query.orderBy);
  const values = projected(query, ordered);
  yield* query.isDistinct ? distinct(values) : values;
}

function* filtered(rows: Iterable<Scope>, where: Expression): Generator<Scope> {
  for (const row of rows) {
    if (evaluate(where, row) === true) {
      yield row;
    }
  }
}

function groupsOf(query: Query, rows: readonly Scope[]): readonly Scope[] {
  const groups = new Map<string, Scope[]>();
  for (const row of rows) {
    const key = JSON.stringify(query.groupBy.map((expression) => [evaluate(expression, row)]));
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [row]);
    } else {
      group.push(row);
    }
  }
  if (query.groupBy.length === 0 && groups.size === 0) {
    return [{ values: new Map(), parameters: new Map(), group: [], run: runSubquery }];
  }
  return [...groups.values()].flatMap((group) => group.slice(0, 1).map((first) => ({ ...first, group })));
}

function sorted(rows: readonly Scope[], order: readonly OrderItem[]): readonly Scope[] {
  return rows
    .map((row) => ({ row, keys: order.map(({ expression }) => evaluate(expression, row)) }))
    .toSorted((a, b) => compareKeys(a.keys, b.keys, order))
    .map(({ row }) => row);
}

/** Compares the values that two rows have for ORDER BY. */
export function compareKeys(a: readonly Value[], b: readonly Value[], order: readonly OrderItem[]): number {
  for (const [index, { isDescending }] of order.entries()) {
    const difference = compareValues(a[index], b[index]);
    if (difference !== 0) {
      return isDescending ? -difference : difference;
    }
  }
  return 0;
}

function* projected({ selection, from }: Query, rows: Iterable<Scope>): Generator<Json> {
  for (const row of rows) {
    const value =
      selection.kind === "everything"
        ? row.values.get(from?.alias ?? "")
        : selection.kind === "value"
          ? evaluate(selection.expression, row)
          : objectOf(
              selection.fields.map(({ name, expression }) => ({ name, value: expression })),
              row,
            );
    if (value !== undefined) {
      yield value;
    }
  }
}

function* distinct(values: Iterable<Json>): Generator<Json> {
  const seen = new Set<string>();
  for (const value of values) {
    const key = JSON.stringify(value);
    if (!seen.has(key)) {
      seen.add(key);
      yield value;
    }
  }
}

export interface ResultWindow {
  readonly skip: number;
  readonly take: number;
}

/** What TOP, OFFSET and LIMIT say. */
export function windowOf(query: Query, parameters: ReadonlyMap<string, Json>): ResultWindow {
  const count = (expression: Expression | undefined, otherwise: number): number => {
    if (expression === undefined) {
      return otherwise;
    }
    const value =
      expression.kind === "parameter"
        ? parameters.get(expression.name)
        : expression.kind === "literal"
          ? expression.value
          : undefined;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0) {
      throw new QueryError("SC2062", "TOP, OFFSET and LIMIT need a non-negative integer.");
    }
    return value;
  };
  return { skip: count(query.offset, 0), take: count(query.top ?? query.limit, Infinity) };
}

/** The elements of an array; what is no array has none. */
function elementsOf(value: Value): readonly Json[] {
  return isArray(value) ? value : [];
}
