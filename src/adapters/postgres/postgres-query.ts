import type { DocumentFilter, DocumentQuery, FieldValue } from "../../application/ports/documents.ts";
import type { DocumentOrder } from "../paging/document-order.ts";
import type { KeysetPosition } from "../paging/keyset-cursor.ts";
import { identifier, jsonOf, numberOf, Statement, textOf } from "./sql.ts";

export interface SqlQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface Source {
  readonly table: string;
  /** Milliseconds since 1970; what has expired before is not there any more. */
  readonly nowMs: number;
}

export interface PageSpec {
  readonly query: DocumentQuery;
  readonly order: DocumentOrder;
  /** The document behind which the page starts. */
  readonly after: KeysetPosition | undefined;
  /** How many documents to read. */
  readonly count: number;
}

/** Whether a row lives still; `now` is a placeholder, `row` what a statement calls the row. */
export function alive(now: string, row?: string): string {
  const expiresAt = row === undefined ? "expires_at" : `${row}.expires_at`;
  return `(${expiresAt} IS NULL OR ${expiresAt} > ${now})`;
}

/** One page by keyset: a late page reads no more than the first one. */
export function pageQuery(source: Source, { query, order, after, count }: PageSpec): SqlQuery {
  const statement = new Statement();
  const conditions = conditionsOf(source, query, statement);
  if (after !== undefined) {
    conditions.push(behind(after, order, statement));
  }
  const direction = order.direction === "ascending" ? "ASC" : "DESC";
  const columns = [...orderColumns(order.field), "id", "partition"];
  return {
    text:
      `SELECT document, etag FROM ${identifier(source.table)} WHERE ${conditions.join(" AND ")} ` +
      `ORDER BY ${columns.map((column) => `${column} ${direction}`).join(", ")} LIMIT ${statement.value(count)}`,
    values: statement.values,
  };
}

export function countQuery(
  source: Source,
  filter: DocumentFilter & { readonly partition?: string },
): SqlQuery {
  const statement = new Statement();
  const conditions = conditionsOf(source, filter, statement);
  return {
    text: `SELECT count(*)::double precision AS count FROM ${identifier(source.table)} WHERE ${conditions.join(" AND ")}`,
    values: statement.values,
  };
}

function orderColumns(field: string): readonly string[] {
  return field === "createdAt" ? [textOf(field)] : [numberOf(field), textOf(field)];
}

function behind(
  { value, id, partition }: KeysetPosition,
  order: DocumentOrder,
  statement: Statement,
): string {
  const column = typeof value === "number" ? numberOf(order.field) : textOf(order.field);
  const sign = order.direction === "ascending" ? ">" : "<";
  const place = [value, id, partition].map((one) => statement.value(one)).join(", ");
  return `(${column}, id, partition) ${sign} (${place})`;
}

function conditionsOf(
  { nowMs }: Source,
  filter: DocumentFilter & { readonly partition?: string },
  statement: Statement,
): string[] {
  const { partition, equals, missing, anyOf, range, members, text } = filter;
  return [
    alive(statement.value(nowMs)),
    ...(partition === undefined ? [] : [`partition = ${statement.value(partition)}`]),
    ...Object.entries(equals ?? {}).map(([field, value]) => `${jsonOf(field)} = ${json(value, statement)}`),
    ...(missing ?? []).map((field) => `${jsonOf(field)} IS NULL`),
    ...Object.entries(anyOf ?? {}).map(
      ([field, values]) => `${jsonOf(field)} IN (${values.map((one) => json(one, statement)).join(", ")})`,
    ),
    ...Object.entries(range ?? {}).flatMap(([field, { from, to }]) => [
      ...(from === undefined ? [] : [bound(field, ">=", from)(statement)]),
      ...(to === undefined ? [] : [bound(field, "<", to)(statement)]),
    ]),
    ...Object.entries(members ?? {}).map(([field, texts]) => `${jsonOf(field)} @> ${json(texts, statement)}`),
    ...(text === undefined ? [] : [containing(text, statement)]),
  ];
}

function json(value: FieldValue | Readonly<Record<string, string>>, statement: Statement): string {
  return `${statement.value(JSON.stringify(value))}::jsonb`;
}

function bound(field: string, sign: string, value: string | number): (statement: Statement) => string {
  const column = typeof value === "number" ? numberOf(field) : textOf(field);
  return (statement) => `${column} ${sign} ${statement.value(value)}`;
}

function containing({ fields, contains }: NonNullable<DocumentFilter["text"]>, statement: Statement): string {
  const wanted = statement.value(contains);
  const conditions = fields.map((field) => `position(lower(${wanted}) IN lower(${textOf(field)})) > 0`);
  return conditions.length === 0 ? "false" : `(${conditions.join(" OR ")})`;
}
