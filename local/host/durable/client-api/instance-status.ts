import { isFinal } from "../protocol/runtime-status.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import { ApiError, type ApiRequest, type ApiResponse } from "./api-exchange.ts";
import type { ClientApiContext } from "./client-api-context.ts";
import { historyBody } from "./history-body.ts";
import { instanceFilter, switchOf } from "./instance-filter.ts";
import { valueOfJson } from "./json-text.ts";
import { statusBody } from "./status-body.ts";

const CONTINUATION_HEADER = "x-ms-continuation-token";
const DEFAULT_PAGE_SIZE = 100;

/** GET instances/{id} */
export function getInstance(request: ApiRequest, { store }: ClientApiContext): ApiResponse {
  const { segments, query, url } = request;
  const instance = store.instances.find(segments[1] ?? "");
  if (instance === undefined) {
    return { status: 404 };
  }
  const showInput = switchOf(query, "showInput", true);
  const showOutput = switchOf(query, "showHistoryOutput", false);
  const history = switchOf(query, "showHistory", false)
    ? { historyEvents: historyBody(store.history.read(instance.instanceId), { showInput, showOutput }) }
    : {};
  const body = { ...statusBody(instance, showInput), ...history };
  if (!isFinal(instance.status)) {
    return { status: 202, body, headers: { location: url.href, "retry-after": "5" } };
  }
  const isError =
    instance.status === "Failed" && switchOf(query, "returnInternalServerErrorOnFailure", false);
  return { status: isError ? 500 : 200, body };
}

/** GET instances: a page of all that fit the filter. */
export function listInstances(request: ApiRequest, { store }: ClientApiContext): ApiResponse {
  const { query } = request;
  const limit = pageSizeOf(query);
  const after = cursorOf(request);
  const found = store.instances.list(instanceFilter(query), { after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const body = page.map((instance) => statusBody(instance, switchOf(query, "showInput", true)));
  const isEnd = found.length <= limit || last === undefined;
  const token = isEnd ? {} : { [CONTINUATION_HEADER]: Buffer.from(last.instanceId).toString("base64url") };
  return { status: 200, body, headers: token };
}

/** What someone who waited for the end of an orchestration gets. */
export function finishedResponse(instance: InstanceRecord): ApiResponse {
  if (instance.status === "Completed") {
    return { status: 200, body: valueOfJson(instance.output) };
  }
  return { status: instance.status === "Failed" ? 500 : 200, body: statusBody(instance, true) };
}

function pageSizeOf(query: URLSearchParams): number {
  const top = Number(query.get("top") ?? DEFAULT_PAGE_SIZE);
  if (!Number.isSafeInteger(top) || top < 1) {
    throw ApiError.badArgument("The parameter 'top' is no positive number.");
  }
  return top;
}

function cursorOf({ headers }: ApiRequest): string {
  const token = headers[CONTINUATION_HEADER];
  return typeof token === "string" && token !== "null" ? Buffer.from(token, "base64url").toString() : "";
}
