import { z } from "zod";
import { beginWork } from "../../stand-in/resource-api/begin-work.ts";
import { idSchema } from "../../stand-in/resource-api/id-schema.ts";
import { listResources } from "../../stand-in/resource-api/list-resources.ts";
import {
  badRequest,
  conflict,
  notFound,
  parseArguments,
  tooManyRequests,
} from "../../stand-in/resource-api/refusals.ts";
import { readJson } from "../../stand-in/resource-api/service-call.ts";
import type { Operations, ServiceAnswer, ServiceCall } from "../../stand-in/resource-api/service-call.ts";
import { descriptiveFields, localeSchema } from "./argument-schemas.ts";
import { ownerOf } from "./collections.ts";
import { timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { parseDataset } from "./dataset.ts";
import { deleteResource } from "./delete-resource.ts";
import { checkProject } from "./projects.ts";
import { trainingSetSchema } from "./resources.ts";
import type { TrainingSet } from "./resources.ts";

export const UPLOAD_TASK = "process-upload";

const MAX_TRAINING_SETS = 500;
const MAX_SIMULTANEOUS_UPLOADS = 5;

const newSetSchema = z.object({
  ...descriptiveFields,
  locale: localeSchema,
  voiceKind: trainingSetSchema.shape.voiceKind,
  projectId: idSchema,
});

export function trainingSetOperations(context: CustomVoiceContext): Operations {
  const { trainingsets } = context.collections;
  return {
    "GET /trainingsets": (call) => listResources(call, trainingsets.list()),
    "GET /trainingsets/{id}": ({ id }) => ({ status: 200, body: requireSet(context, id) }),
    "PUT /trainingsets/{id}": (call) => createSet(context, call),
    "POST /trainingsets/{id}:upload": (call) => upload(context, call),
    "DELETE /trainingsets/{id}": ({ id }) => deleteSet(context, id),
  };
}

/** @throws {@link Refusal} 404. */
function requireSet({ collections }: CustomVoiceContext, id: string): TrainingSet {
  const set = collections.trainingsets.get(id);
  if (set === undefined) {
    throw notFound("training set", id);
  }
  return set;
}

async function createSet(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const fields = parseArguments(newSetSchema, await readJson(call));
  const { trainingsets } = context.collections;
  checkProject(context, fields.projectId, "ProfessionalVoice");
  if (trainingsets.get(call.id) !== undefined) {
    throw conflict(`The training set "${call.id}" already exists.`);
  }
  if (trainingsets.list().length >= MAX_TRAINING_SETS) {
    throw badRequest(`The resource holds ${MAX_TRAINING_SETS} training sets already.`);
  }
  const now = timestamp(context);
  const set: TrainingSet = {
    id: call.id,
    ...fields,
    properties: { utteranceCount: 0, durationInSeconds: 0, isContextual: false },
    status: "Succeeded",
    createdDateTime: now,
    lastActionDateTime: now,
  };
  trainingsets.put(set);
  return { status: 201, body: set };
}

async function upload(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const set = requireSet(context, call.id);
  const dataset = parseDataset(await readJson(call), set.locale);
  const operationId = beginWork(context, call, {
    owner: ownerOf("trainingsets", call.id),
    task: UPLOAD_TASK,
    durationMs: context.durations.uploadMs,
    input: dataset,
    content: [JSON.stringify(dataset)],
    write: () => {
      if (context.work.pending(UPLOAD_TASK).length >= MAX_SIMULTANEOUS_UPLOADS) {
        throw tooManyRequests(`${MAX_SIMULTANEOUS_UPLOADS} uploads are running already.`);
      }
      context.collections.trainingsets.put({
        ...requireSet(context, call.id),
        status: "Running",
        lastActionDateTime: timestamp(context),
      });
    },
  });
  return { status: 202, operationId };
}

function deleteSet(context: CustomVoiceContext, id: string): ServiceAnswer {
  requireSet(context, id);
  const models = context.collections.models.list({ property: "trainingSetId", value: id });
  if (models.some(({ status }) => status === "NotStarted" || status === "Running")) {
    throw conflict(`The training set "${id}" is in use by a model that is being trained.`);
  }
  context.store.transaction(() => deleteResource(context, "trainingsets", id));
  return { status: 204 };
}
