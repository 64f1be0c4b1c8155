import { type Json, parseJson } from "../json.ts";
import { queryCharge } from "../documents/request-charge.ts";
import type { Container } from "../resources/resource-store.ts";
import { checkQuery } from "../sql/check-query.ts";
import { parseQuery } from "../sql/query-parser.ts";
import { runQuery, windowOf } from "../sql/run-query.ts";
import type { Query } from "../sql/syntax.ts";
import { isGrouped } from "../sql/walk.ts";
import { continuationOf, continuationText, fingerprintOf } from "./continuation.ts";
import { checkOrder } from "./order-rules.ts";
import { PageBuilder } from "./page-builder.ts";
import { partitionScope } from "./partition-scope.ts";
import { documentScan, orderColumns, type QueryContext, readsDocuments } from "./document-scan.ts";
import { streamedPage } from "./streamed-page.ts";

export interface FeedRequest {
  readonly container: Container;
  /** Of the partition key header; undefined reads every partition. */
  readonly components: readonly Json[] | undefined;
  readonly query: string;
  readonly parameters: ReadonlyMap<string, Json>;
  readonly maxItemCount: number;
  readonly continuation: string | undefined;
}

export interface FeedPage {
  readonly items: readonly Json[];
  readonly continuation: string | undefined;
  readonly charge: number;
}

/**
 * One page of the results of a query.
 *
 * @throws QueryError, Refusal 400.
 */
export function queryPage(request: FeedRequest): FeedPage {
  const query = parseQuery(request.query);
  checkQuery(query);
  checkOrder(query, request.container.settings);
  const fingerprint = fingerprintOf(request.query, [...request.parameters], request.components ?? null);
  const continuation = continuationOf(request.continuation, fingerprint);
  const scope = partitionScope(request.components, request.container.settings);
  const context = { query, request, scope, fingerprint, continuation };
  const order = isPlain(query) ? orderColumns(context) : undefined;
  return order === undefined ? wholePage(context) : streamedPage(context, order);
}

/** Each document gives at most one result, whatever the others are. */
function isPlain(query: Query): boolean {
  return readsDocuments(query) && query.joins.length === 0 && !query.isDistinct && !isGrouped(query);
}

/** A page of a query that needs all of its documents before it has a result. */
function wholePage(context: QueryContext): FeedPage {
  const { query, request, fingerprint, continuation } = context;
  const scan = documentScan(context);
  if (scan.isExact && isCount(query)) {
    const count = request.container.documents.count(scan);
    return { items: [count], continuation: undefined, charge: queryCharge(0, 0) };
  }
  const rows = [...request.container.documents.scan({ ...scan, orderBy: ["position"] })];
  const { skip, take } = windowOf(query, request.parameters);
  const documents = rows.map(({ body }) => parseJson(body));
  const results = [...runQuery(query, { documents, parameters: request.parameters, isOrdered: false })];
  const wanted = results.slice(skip, skip + take);
  const start = continuation?.taken ?? 0;
  const page = new PageBuilder(request.maxItemCount);
  wanted.slice(start).every((item) => page.add(item));
  const taken = start + page.items.length;
  const next = { fingerprint, taken, skipped: skip, position: null, keys: [] };
  return {
    items: page.items,
    continuation: taken < wanted.length ? continuationText(next) : undefined,
    charge: queryCharge(rows.length, page.sizeBytes),
  };
}

/** `SELECT VALUE COUNT(1) FROM c`, be it with a condition: what SQLite can count. */
function isCount(query: Query): boolean {
  const { selection, joins, groupBy, isDistinct, top, offset } = query;
  const isBare =
    joins.length + groupBy.length === 0 && !isDistinct && top === undefined && offset === undefined;
  const counted =
    selection.kind === "value" && selection.expression.kind === "aggregate" && selection.expression;
  return (
    isBare &&
    readsDocuments(query) &&
    counted &&
    counted.name === "count" &&
    counted.operand.kind === "literal"
  );
}
