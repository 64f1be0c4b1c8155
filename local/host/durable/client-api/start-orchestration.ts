import type { StartOutcome } from "../operations/orchestrations.ts";
import { isFinal } from "../protocol/runtime-status.ts";
import { ApiError, type ApiRequest, type ApiResponse } from "./api-exchange.ts";
import type { ClientApiContext } from "./client-api-context.ts";
import { compactJson } from "./json-text.ts";
import { managementUrls } from "./management-urls.ts";
import { finishedResponse } from "./instance-status.ts";

const DEFAULT_POLLING_INTERVAL_S = 1;

/** @see https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** POST orchestrators/{name}, orchestrators/{name}/{id}; waits for the end when a `timeout` (seconds) is given. */
export async function startOrchestration(
  request: ApiRequest,
  context: ClientApiContext,
): Promise<ApiResponse> {
  const [, name = "", instanceId] = request.segments;
  const input = request.body === "" ? null : compactJson(request.body);
  if (input === null || input === '""') {
    const advice = "Give startNew an explicit input: without one the orchestrator gets an empty string.";
    context.log("warning", `The orchestration '${name}' was started without an input. ${advice}`);
  }
  const version = request.query.get("version") ?? "";
  const traceParent = traceParentOf(request);
  const started = startedId(
    await context.orchestrations.start({ name, instanceId, version, input, traceParent }),
  );
  const timeout = request.query.get("timeout");
  if (timeout !== null) {
    const finished = await waitForEnd(started, request, context);
    if (finished !== undefined) {
      return finished;
    }
  }
  return acceptedResponse(started, context);
}

/** The answer to a start: where to look for the orchestration. */
export function acceptedResponse(instanceId: string, { hub }: ClientApiContext): ApiResponse {
  const urls = managementUrls(hub, instanceId);
  return { status: 202, body: urls, headers: { location: urls.statusQueryGetUri, "retry-after": "10" } };
}

/** @throws {ApiError} when nothing was started. */
export function startedId(outcome: StartOutcome): string {
  if (outcome.kind === "invalid") {
    throw ApiError.badArgument(outcome.problem);
  }
  if (outcome.kind === "exists") {
    throw ApiError.failed(`An Orchestration instance with the status ${outcome.status} already exists.`);
  }
  return outcome.instanceId;
}

function traceParentOf({ headers }: ApiRequest): string | undefined {
  const value = headers["traceparent"];
  return typeof value === "string" && TRACE_PARENT.test(value) ? value : undefined;
}

async function waitForEnd(
  instanceId: string,
  { query }: ApiRequest,
  { store, clock }: ClientApiContext,
): Promise<ApiResponse | undefined> {
  const endMs = clock.now() + secondsOf(query, "timeout", 0) * 1000;
  const intervalMs = secondsOf(query, "pollingInterval", DEFAULT_POLLING_INTERVAL_S) * 1000;
  for (;;) {
    const instance = store.instances.find(instanceId);
    if (instance !== undefined && isFinal(instance.status)) {
      return finishedResponse(instance);
    }
    const nextMs = Math.min(clock.now() + intervalMs, endMs);
    if (nextMs <= clock.now()) {
      return undefined;
    }
    await new Promise<void>((resolve) => {
      clock.at(nextMs, resolve);
    });
  }
}

function secondsOf(query: URLSearchParams, name: string, byDefault: number): number {
  const seconds = Number(query.get(name) ?? byDefault);
  if (!(seconds >= 0)) {
    throw ApiError.badArgument(`The parameter '${name}' is no number of seconds.`);
  }
  return seconds;
}
