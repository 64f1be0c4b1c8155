import type { JSONValue, SqlQuerySpec } from "@azure/cosmos";

import type { DocumentFilter, DocumentQuery } from "../../application/ports/documents.ts";
import type { DocumentOrder } from "../paging/document-order.ts";
import type { KeysetPosition } from "../paging/keyset-cursor.ts";

/** Ties are broken by these, so that no two documents share a place. */
export const TIE_BREAKERS = ["id", "partition"] as const;

/** Builds the text of a query and keeps every value out of it. */
class QueryBuilder {
  readonly #parameters: { name: string; value: JSONValue }[] = [];

  value(value: JSONValue): string {
    const name = `@p${this.#parameters.length}`;
    this.#parameters.push({ name, value });
    return name;
  }

  spec(query: string): SqlQuerySpec {
    return { query, parameters: this.#parameters };
  }
}

export interface PageSpec {
  readonly query: DocumentQuery;
  readonly order: DocumentOrder;
  /** The document behind which the page starts. */
  readonly after: KeysetPosition | undefined;
  /** How many documents to read. */
  readonly count: number;
}

/** One page by keyset: a late page reads no more than the first one. */
export function pageQuery({ query, order, after, count }: PageSpec): SqlQuerySpec {
  const builder = new QueryBuilder();
  const direction = order.direction === "ascending" ? "ASC" : "DESC";
  const conditions = conditionsOf(query, builder);
  if (after !== undefined) {
    conditions.push(...behind(after, order, builder));
  }
  const orderBy = [order.field, ...TIE_BREAKERS].map((field) => `${path(field)} ${direction}`).join(", ");
  return builder.spec(`SELECT TOP ${builder.value(count)} * FROM c${where(conditions)} ORDER BY ${orderBy}`);
}

export function countQuery(filter: DocumentFilter): SqlQuerySpec {
  const builder = new QueryBuilder();
  return builder.spec(`SELECT VALUE COUNT(1) FROM c${where(conditionsOf(filter, builder))}`);
}

/** Those of the ids that are there. */
export function idsQuery(ids: readonly string[]): SqlQuerySpec {
  const builder = new QueryBuilder();
  return builder.spec(`SELECT VALUE c.id FROM c${where(conditionsOf({ anyOf: { id: ids } }, builder))}`);
}

/** Whether no document can fit: one of no values. */
export function isImpossible({ anyOf }: DocumentFilter): boolean {
  return Object.values(anyOf ?? {}).some((values) => values.length === 0);
}

function path(...fields: readonly string[]): string {
  return `c${fields.map((field) => `[${JSON.stringify(field)}]`).join("")}`;
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
}

function conditionsOf(filter: DocumentFilter, builder: QueryBuilder): string[] {
  const { equals = {}, missing = [], anyOf = {}, range = {}, members = {}, text } = filter;
  return [
    ...Object.entries(equals).map(([field, value]) => `${path(field)} = ${builder.value(value)}`),
    ...missing.map((field) => `NOT IS_DEFINED(${path(field)})`),
    ...Object.entries(anyOf).map(
      ([field, values]) => `${path(field)} IN (${values.map((value) => builder.value(value)).join(", ")})`,
    ),
    ...Object.entries(range).flatMap(([field, { from, to }]) => [
      ...(from === undefined ? [] : [`${path(field)} >= ${builder.value(from)}`]),
      ...(to === undefined ? [] : [`${path(field)} < ${builder.value(to)}`]),
    ]),
    ...Object.entries(members).flatMap(([field, texts]) =>
      Object.entries(texts).map(([name, value]) => `${path(field, name)} = ${builder.value(value)}`),
    ),
    ...(text === undefined ? [] : [containing(text, builder)]),
  ];
}

function containing(
  { fields, contains }: NonNullable<DocumentFilter["text"]>,
  builder: QueryBuilder,
): string {
  const wanted = builder.value(contains);
  return `(${fields.map((field) => `CONTAINS(${path(field)}, ${wanted}, true)`).join(" OR ")})`;
}

/** The first condition follows from the second; it is there for the index. */
function behind(after: KeysetPosition, order: DocumentOrder, builder: QueryBuilder): string[] {
  const sign = order.direction === "ascending" ? ">" : "<";
  const field = path(order.field);
  const [value, id, partition] = [after.value, after.id, after.partition].map((one) => builder.value(one));
  return [
    `${field} ${sign}= ${value}`,
    `(${field} ${sign} ${value} OR c.id ${sign} ${id} OR (c.id = ${id} AND c["partition"] ${sign} ${partition}))`,
  ];
}
