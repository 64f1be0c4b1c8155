import type { SendOutcome } from "../operations/orchestrations.ts";
import { isFinal, type RuntimeStatus } from "../protocol/runtime-status.ts";
import { ApiError, type ApiRequest, type ApiResponse } from "./api-exchange.ts";
import type { ClientApiContext } from "./client-api-context.ts";
import { instanceFilter, switchOf } from "./instance-filter.ts";
import { compactJson } from "./json-text.ts";
import { acceptedResponse, startedId } from "./start-orchestration.ts";

/** POST instances/{id}/{operation} */
export async function controlInstance(request: ApiRequest, context: ClientApiContext): Promise<ApiResponse> {
  const [, instanceId = "", operation = "", eventName = ""] = request.segments;
  switch (operation.toLowerCase()) {
    case "raiseevent":
      return raiseEvent({ request, instanceId, eventName }, context);
    case "restart":
      return restart(request, context);
    default:
      return changeState(request, context);
  }
}

async function changeState(request: ApiRequest, { orchestrations }: ClientApiContext): Promise<ApiResponse> {
  const [, instanceId = "", operation = ""] = request.segments;
  const reason = request.query.get("reason") ?? "";
  switch (operation.toLowerCase()) {
    case "terminate":
      return responseOf(await orchestrations.terminate(instanceId, reason), () => "");
    case "suspend":
      return responseOf(await orchestrations.suspend(instanceId, reason), inState("suspend", instanceId));
    case "resume":
      return responseOf(await orchestrations.resume(instanceId, reason), inState("resume", instanceId));
    case "rewind":
      return responseOf(
        await orchestrations.rewind(instanceId, reason),
        () => "The rewind operation is only supported on failed orchestration instances.",
      );
    default:
      return { status: 404 };
  }
}

/** DELETE instances/{id}, and DELETE instances for all finished ones that fit the filter. */
export async function purgeInstances(request: ApiRequest, context: ClientApiContext): Promise<ApiResponse> {
  const [, instanceId] = request.segments;
  if (instanceId !== undefined) {
    const instancesDeleted = await context.orchestrations.purge(instanceId);
    return instancesDeleted === undefined ? { status: 404 } : { status: 200, body: { instancesDeleted } };
  }
  const filter = instanceFilter(request.query);
  if (filter.createdFromMs === undefined) {
    throw ApiError.badArgument("Please provide value for 'createdTimeFrom' parameter.");
  }
  const instancesDeleted = await context.orchestrations.purgeAll(filter);
  return instancesDeleted === 0 ? { status: 404 } : { status: 200, body: { instancesDeleted } };
}

async function raiseEvent(
  event: { readonly request: ApiRequest; readonly instanceId: string; readonly eventName: string },
  { orchestrations, log }: ClientApiContext,
): Promise<ApiResponse> {
  const { request, instanceId, eventName } = event;
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw ApiError.badArgument("Only application/json request content is supported");
  }
  if (request.body === "") {
    const advice = "Azure refuses it with 400. Give raiseEvent explicit data, {} at least.";
    log("warning", `The event '${eventName}' was raised without data. ${advice}`);
  }
  const data = compactJson(request.body);
  return responseOf(await orchestrations.raiseEvent(instanceId, eventName, data), () => "");
}

async function restart(request: ApiRequest, context: ClientApiContext): Promise<ApiResponse> {
  const { store, orchestrations } = context;
  const instance = store.instances.find(request.segments[1] ?? "");
  if (instance === undefined) {
    throw ApiError.badArgument(`An orchestrator with the instanceId ${request.segments[1]} was not found.`);
  }
  const { name, version, input } = instance;
  const isNew = switchOf(request.query, "restartWithNewInstanceId", true);
  const instanceId = isNew ? undefined : instance.instanceId;
  return acceptedResponse(
    startedId(await orchestrations.start({ name, instanceId, version, input })),
    context,
  );
}

/** @throws {ApiError} when the state of the orchestration forbids the operation. */
function responseOf(outcome: SendOutcome, problem: (status: RuntimeStatus) => string): ApiResponse {
  if (outcome.kind !== "refused") {
    return { status: outcome.kind === "accepted" ? 202 : 404 };
  }
  if (isFinal(outcome.status)) {
    return { status: 410 };
  }
  throw ApiError.failed(problem(outcome.status));
}

function inState(operation: string, instanceId: string): (status: RuntimeStatus) => string {
  return (status) =>
    `Cannot ${operation} the orchestration instance ${instanceId} because instance is in the ${status} state.`;
}
