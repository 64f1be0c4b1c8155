import { isObject, type JsonObject, textAt } from "../json.ts";
import { badRequest, methodNotAllowed } from "../refusals.ts";
import type { ResourceStore } from "../resources/resource-store.ts";
import { checkQuery } from "../sql/check-query.ts";
import { parseQuery } from "../sql/query-parser.ts";
import { runQuery } from "../sql/run-query.ts";
import type { CosmosAnswer } from "./cosmos-answer.ts";
import type { CosmosRequest } from "./cosmos-request.ts";
import { queryOf } from "./query-body.ts";

/** `GET /`: the account, whose only region is the address that the client used. */
export function account(request: CosmosRequest): CosmosAnswer {
  const location = { name: "Local", databaseAccountEndpoint: `${request.origin}/` };
  return {
    status: 200,
    body: {
      _self: "",
      id: "local",
      _rid: "local",
      media: "//media/",
      addresses: "//addresses/",
      _dbs: "//dbs/",
      writableLocations: [location],
      readableLocations: [location],
      enableMultipleWriteLocations: false,
      userReplicationPolicy: { asyncReplication: false, minReplicaSetSize: 1, maxReplicasetSize: 1 },
      userConsistencyPolicy: { defaultConsistencyLevel: "Session" },
      systemReplicationPolicy: { minReplicaSetSize: 1, maxReplicasetSize: 1 },
      readPolicy: { primaryReadCoefficient: 1, secondaryReadCoefficient: 1 },
      queryEngineConfiguration: "{}",
    },
  };
}

/** Databases and containers: lists, creation, query. */
export function resourceFeed(
  resources: ResourceStore,
  request: CosmosRequest,
  kind: "dbs" | "colls",
): CosmosAnswer {
  const name = kind === "dbs" ? "Databases" : "DocumentCollections";
  if (request.method === "GET") {
    return feedAnswer(name, resources.list(request.link));
  }
  if (request.method !== "POST") {
    throw methodNotAllowed();
  }
  if (request.isQuery()) {
    const { query, parameters } = queryOf(request);
    const parsed = parseQuery(query);
    checkQuery(parsed);
    const documents = resources.list(request.link);
    return feedAnswer(name, [...runQuery(parsed, { documents, parameters, isOrdered: false })]);
  }
  return { status: 201, ...resourceBody(resources.create(request.link, kind, objectOf(request))), charge: 5 };
}

/** One database or container. */
export function oneResource(
  resources: ResourceStore,
  request: CosmosRequest,
  kind: "dbs" | "colls",
): CosmosAnswer {
  switch (request.method) {
    case "GET":
      return { status: 200, ...resourceBody(resources.read(request.link)) };
    case "DELETE":
      resources.delete(request.link);
      return { status: 204, charge: 5 };
    case "PUT":
      if (kind === "colls") {
        const replaced = resources.replaceContainer(request.link, objectOf(request));
        return { status: 200, ...resourceBody(replaced), charge: 5 };
      }
      throw methodNotAllowed();
    default:
      throw methodNotAllowed();
  }
}

/** All of a container is one range, so that its queries need no merging by the client. */
export function partitionKeyRanges(resources: ResourceStore, request: CosmosRequest): CosmosAnswer {
  const { rid } = resources.container(request.link);
  const etag = `"${rid}"`;
  if (request.method !== "GET") {
    throw methodNotAllowed();
  }
  if (request.header("if-none-match") === etag) {
    return { status: 304, headers: { etag } };
  }
  const range = {
    _rid: rid,
    id: "0",
    minInclusive: "",
    maxExclusive: "FF",
    ridPrefix: 0,
    _self: `${request.link}/pkranges/0/`,
    throughputFraction: 1,
    status: "online",
    parents: [],
    _ts: 0,
    _etag: etag,
  };
  return { status: 200, body: { _rid: rid, PartitionKeyRanges: [range], _count: 1 }, headers: { etag } };
}

function feedAnswer(name: string, items: readonly unknown[]): CosmosAnswer {
  const headers = { "x-ms-item-count": String(items.length) };
  return { status: 200, body: { _rid: "", [name]: items, _count: items.length }, headers };
}

function resourceBody(resource: JsonObject): Pick<CosmosAnswer, "body" | "headers"> {
  return { body: resource, headers: { etag: textAt(resource, "/_etag") } };
}

function objectOf(request: CosmosRequest): JsonObject {
  const body = request.json();
  if (!isObject(body)) {
    throw badRequest("The request body is not a JSON object.");
  }
  return body;
}
