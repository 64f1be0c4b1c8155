import { runBatch } from "../documents/batch.ts";
import { applyOperation, isOperationKind, type OperationKind } from "../documents/document-operations.ts";
import { partitionOfHeader, type PartitionText, wholePartition } from "../documents/partition-key.ts";
import { changePage } from "../feeds/change-feed.ts";
import { queryPage } from "../feeds/query-page.ts";
import type { Json } from "../json.ts";
import { badRequest, methodNotAllowed, notImitated } from "../refusals.ts";
import type { DatabaseFile } from "../resources/database-file.ts";
import type { Container, ResourceStore } from "../resources/resource-store.ts";
import type { CosmosAnswer } from "./cosmos-answer.ts";
import type { CosmosRequest } from "./cosmos-request.ts";
import { queryOf } from "./query-body.ts";

const PARTITION_KEY = "x-ms-documentdb-partitionkey";
const MAX_ITEM_COUNT = 1000;
const DEFAULT_ITEM_COUNT = 100;

/** What is asked of a container's documents, by method and headers. */
type DocumentRequestKind = OperationKind | "Batch" | "Query" | "QueryPlan" | "ReadFeed" | "ChangeFeed";

/** @throws Refusal 405. */
function documentRequestKind(request: CosmosRequest): DocumentRequestKind {
  const isFeed = request.segments.length === 5;
  const kind = isFeed ? feedKind(request) : ITEM_KINDS[request.method];
  if (kind === undefined) {
    throw methodNotAllowed();
  }
  return kind;
}

/** A query over all partitions costs what a look into each does, so it is counted under a name of its own. */
export function documentOperationName(request: CosmosRequest): string {
  const kind = documentRequestKind(request);
  return kind === "Query" && request.header(PARTITION_KEY) === undefined ? "CrossPartitionQuery" : kind;
}

const ITEM_KINDS: Readonly<Record<string, OperationKind>> = {
  GET: "Read",
  PUT: "Replace",
  PATCH: "Patch",
  DELETE: "Delete",
};

function feedKind(request: CosmosRequest): DocumentRequestKind | undefined {
  if (request.method === "GET") {
    return request.header("a-im") === undefined ? "ReadFeed" : "ChangeFeed";
  }
  if (request.method !== "POST") {
    return undefined;
  }
  if (request.isSet("x-ms-cosmos-is-batch-request")) {
    return "Batch";
  }
  if (request.isSet("x-ms-cosmos-is-query-plan-request")) {
    return "QueryPlan";
  }
  if (request.isQuery()) {
    return "Query";
  }
  return request.isSet("x-ms-documentdb-is-upsert") ? "Upsert" : "Create";
}

export interface DocumentContext {
  readonly file: DatabaseFile;
  readonly resources: ResourceStore;
  readonly nowSeconds: number;
}

/** Answers what is asked of the documents of a container. */
export function answerDocuments(context: DocumentContext, request: CosmosRequest): CosmosAnswer {
  const container = context.resources.container(request.segments.slice(0, 4).join("/"));
  const kind = documentRequestKind(request);
  const answer = answerKind(kind, { ...context, container }, request);
  const session = `0:-1#${container.lastSequence()}`;
  return { ...answer, headers: { ...answer.headers, "x-ms-session-token": session } };
}

type ContainerContext = DocumentContext & { readonly container: Container };

function answerKind(
  kind: DocumentRequestKind,
  context: ContainerContext,
  request: CosmosRequest,
): CosmosAnswer {
  if (isOperationKind(kind)) {
    return operation(kind, context, request);
  }
  switch (kind) {
    case "Batch":
      return batch(context, request);
    case "QueryPlan":
      throw notImitated("query plans: send the query itself, this account has one partition key range");
    case "Query":
      return query(context, request, queryOf(request));
    case "ReadFeed":
      return query(context, request, { query: "SELECT * FROM c", parameters: new Map() });
    case "ChangeFeed":
      return changes(context, request);
  }
}

function operation(kind: OperationKind, context: ContainerContext, request: CosmosRequest): CosmosAnswer {
  const { file, container, nowSeconds } = context;
  const hasBody = kind !== "Read" && kind !== "Delete";
  const item = {
    kind,
    partition: requiredPartition(container, request),
    id: request.segments[5],
    body: hasBody ? request.json() : undefined,
    ifMatch: request.header("if-match"),
    ifNoneMatch: request.header("if-none-match"),
  };
  const { status, body, etag, charge } = file.transaction(() => applyOperation(container, item, nowSeconds));
  const isMinimal = request.header("prefer") === "return=minimal" && kind !== "Read";
  return {
    status,
    charge,
    ...(body !== undefined && !isMinimal && { body }),
    ...(etag !== undefined && { headers: { etag } }),
  };
}

function batch({ file, container, nowSeconds }: ContainerContext, request: CosmosRequest): CosmosAnswer {
  const isAtomic = request.isSet("x-ms-cosmos-batch-atomic");
  const { status, results, charge } = runBatch(
    { file, container, nowSeconds },
    {
      text: request.text,
      partition: isAtomic ? requiredPartition(container, request) : undefined,
      isAtomic,
      continuesOnError: request.isSet("x-ms-cosmos-batch-continue-on-error"),
    },
  );
  return { status, body: results, charge };
}

function query(
  { container }: ContainerContext,
  request: CosmosRequest,
  body: { readonly query: string; readonly parameters: ReadonlyMap<string, Json> },
): CosmosAnswer {
  const components = feedComponents(container, request);
  const isCrossPartition = components === undefined && request.isQuery();
  if (isCrossPartition && !request.isSet("x-ms-documentdb-query-enablecrosspartition")) {
    throw badRequest(
      "Cross partition query is required but disabled. Please set x-ms-documentdb-query-enablecrosspartition to true, " +
        "specify x-ms-documentdb-partitionkey, or revise your query to avoid this exception.",
    );
  }
  const page = queryPage({
    ...body,
    container,
    components,
    maxItemCount: itemCount(request),
    continuation: request.header("x-ms-continuation"),
  });
  return {
    status: 200,
    body: { _rid: container.rid, Documents: page.items, _count: page.items.length },
    headers: {
      "x-ms-item-count": String(page.items.length),
      ...(page.continuation !== undefined && { "x-ms-continuation": page.continuation }),
    },
    charge: page.charge,
  };
}

function changes({ container }: ContainerContext, request: CosmosRequest): CosmosAnswer {
  if (request.header("a-im")?.toLowerCase() !== "incremental feed") {
    throw notImitated("change feeds of all versions and deletes");
  }
  const { items, etag, charge } = changePage({
    container,
    components: feedComponents(container, request),
    after: request.header("if-none-match"),
    modifiedSince: request.header("if-modified-since"),
    maxItemCount: itemCount(request),
  });
  if (items.length === 0) {
    return { status: 304, headers: { etag }, charge };
  }
  const body = { _rid: container.rid, Documents: items, _count: items.length };
  return { status: 200, body, headers: { etag, "x-ms-item-count": String(items.length) }, charge };
}

function requiredPartition(container: Container, request: CosmosRequest): PartitionText {
  const header = request.header(PARTITION_KEY);
  if (header === undefined) {
    throw badRequest("PartitionKey value must be supplied for this operation.");
  }
  return wholePartition(partitionOfHeader(header, container.settings), container.settings);
}

function feedComponents(container: Container, request: CosmosRequest): readonly Json[] | undefined {
  const isWholeRange =
    (request.header("x-ms-start-epk") ?? "") === "" &&
    ["", "FF"].includes(request.header("x-ms-end-epk") ?? "");
  if (!isWholeRange) {
    throw notImitated("ranges of effective partition keys");
  }
  const header = request.header(PARTITION_KEY);
  return header === undefined ? undefined : partitionOfHeader(header, container.settings);
}

/** -1 leaves the size to the service. */
function itemCount(request: CosmosRequest): number {
  const wanted = Number(request.header("x-ms-max-item-count") ?? DEFAULT_ITEM_COUNT);
  if (!Number.isInteger(wanted) || wanted < -1 || wanted === 0) {
    throw badRequest("Invalid value of x-ms-max-item-count.");
  }
  return wanted === -1 ? MAX_ITEM_COUNT : Math.min(wanted, MAX_ITEM_COUNT);
}
