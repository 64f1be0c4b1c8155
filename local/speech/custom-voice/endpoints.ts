import { z } from "zod";
import { beginWork } from "../../stand-in/resource-api/begin-work.ts";
import { idSchema } from "../../stand-in/resource-api/id-schema.ts";
import { listResources } from "../../stand-in/resource-api/list-resources.ts";
import type { Task } from "../../stand-in/resource-api/long-running-work.ts";
import { badRequest, conflict, notFound, parseArguments } from "../../stand-in/resource-api/refusals.ts";
import { readJson } from "../../stand-in/resource-api/service-call.ts";
import type { Operations, ServiceAnswer, ServiceCall } from "../../stand-in/resource-api/service-call.ts";
import { descriptiveFields } from "./argument-schemas.ts";
import { ownerOf } from "./collections.ts";
import { timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { deleteResource } from "./delete-resource.ts";
import { checkProject } from "./projects.ts";
import { endpointSchema } from "./resources.ts";
import type { Endpoint } from "./resources.ts";

const MAX_ENDPOINTS = 50;

const newEndpointSchema = z.object({
  ...descriptiveFields,
  projectId: idSchema,
  modelId: idSchema,
  properties: endpointSchema.shape.properties.default({ kind: "HighPerformance" }),
});

export function endpointOperations(context: CustomVoiceContext): Operations {
  const { endpoints } = context.collections;
  return {
    "GET /endpoints": (call) => listResources(call, endpoints.list()),
    "GET /endpoints/{id}": ({ id }) => ({ status: 200, body: requireEndpoint(context, id) }),
    "PUT /endpoints/{id}": (call) => createEndpoint(context, call),
    "POST /endpoints/{id}:suspend": (call) => suspend(context, call),
    "POST /endpoints/{id}:resume": (call) => resume(context, call),
    "DELETE /endpoints/{id}": ({ id }) => {
      requireEndpoint(context, id);
      context.store.transaction(() => deleteResource(context, "endpoints", id));
      return { status: 204 };
    },
  };
}

export const DEPLOY_TASK = "deploy-endpoint";
export const SUSPEND_TASK = "suspend-endpoint";
export const RESUME_TASK = "resume-endpoint";

/** @param steps the status while it runs and at its end. */
export function endpointTask(
  context: CustomVoiceContext,
  steps: { readonly during: Endpoint["status"]; readonly after: Endpoint["status"] },
): Task {
  return {
    begin: ({ resourceId }) => setStatus(context, resourceId, steps.during),
    finish: ({ resourceId }) =>
      Promise.resolve({ status: "Succeeded", apply: () => setStatus(context, resourceId, steps.after) }),
    fail: ({ resourceId }) => setStatus(context, resourceId, "Failed"),
  };
}

/** @throws {@link Refusal} 404. */
function requireEndpoint({ collections }: CustomVoiceContext, id: string): Endpoint {
  const endpoint = collections.endpoints.get(id);
  if (endpoint === undefined) {
    throw notFound("endpoint", id);
  }
  return endpoint;
}

async function createEndpoint(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const fields = parseArguments(newEndpointSchema, await readJson(call));
  const operationId = beginWork(context, call, {
    owner: ownerOf("endpoints", call.id),
    task: DEPLOY_TASK,
    durationMs: context.durations.endpointMs,
    content: [JSON.stringify(fields)],
    write: () => writeEndpoint(context, call.id, fields),
  });
  return { status: 201, body: requireEndpoint(context, call.id), operationId };
}

/** @throws {@link Refusal} 400 or 409. */
function writeEndpoint(
  context: CustomVoiceContext,
  id: string,
  fields: z.infer<typeof newEndpointSchema>,
): void {
  const { endpoints, models } = context.collections;
  const { projectId, modelId } = fields;
  checkProject(context, projectId, "ProfessionalVoice");
  const model = models.get(modelId);
  if (model === undefined || model.projectId !== projectId) {
    throw badRequest(`The model "${modelId}" does not exist in the project "${projectId}".`);
  }
  if (model.status !== "Succeeded") {
    throw badRequest(`The model "${modelId}" has the status ${model.status}, not Succeeded.`);
  }
  if (endpoints.get(id) !== undefined) {
    throw conflict(`The endpoint "${id}" already exists.`);
  }
  if (endpoints.list().length >= MAX_ENDPOINTS) {
    throw badRequest(`The resource hosts ${MAX_ENDPOINTS} endpoints already.`);
  }
  const now = timestamp(context);
  endpoints.put({ id, ...fields, status: "NotStarted", createdDateTime: now, lastActionDateTime: now });
}

function suspend(context: CustomVoiceContext, call: ServiceCall): ServiceAnswer {
  const { suspendMs: durationMs } = context.durations;
  return move(context, call, { task: SUSPEND_TASK, durationMs, from: "Succeeded", to: "Disabling" });
}

function resume(context: CustomVoiceContext, call: ServiceCall): ServiceAnswer {
  const { resumeMs: durationMs } = context.durations;
  return move(context, call, { task: RESUME_TASK, durationMs, from: "Disabled", to: "Running" });
}

interface Move {
  readonly task: string;
  readonly durationMs: number;
  readonly from: Endpoint["status"];
  readonly to: Endpoint["status"];
}

/** @throws {@link Refusal} 400 when the endpoint is in another state than the move begins with. */
function move(context: CustomVoiceContext, call: ServiceCall, step: Move): ServiceAnswer {
  requireEndpoint(context, call.id);
  const { task, durationMs, from, to } = step;
  const operationId = beginWork(context, call, {
    owner: ownerOf("endpoints", call.id),
    task,
    durationMs,
    content: [],
    write: () => {
      const { status } = requireEndpoint(context, call.id);
      if (status !== from) {
        throw badRequest(`The endpoint "${call.id}" has the status ${status}, not ${from}.`);
      }
      setStatus(context, call.id, to);
    },
  });
  return { status: 202, body: requireEndpoint(context, call.id), operationId };
}

function setStatus(context: CustomVoiceContext, id: string, status: Endpoint["status"]): void {
  const endpoint = context.collections.endpoints.get(id);
  if (endpoint !== undefined) {
    context.collections.endpoints.put({ ...endpoint, status, lastActionDateTime: timestamp(context) });
  }
}
