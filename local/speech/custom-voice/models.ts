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
import { descriptiveFields, localeSchema, requiredText } from "./argument-schemas.ts";
import { checkConsent } from "./check-consent-use.ts";
import { ownerOf } from "./collections.ts";
import { timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { deleteResource } from "./delete-resource.ts";
import { checkProject } from "./projects.ts";
import { checkRecipeUse } from "./recipe-rules.ts";
import { RECIPES } from "./recipes.ts";
import { modelSchema, recipeChoiceSchema } from "./resources.ts";
import type { Model, TrainingSet } from "./resources.ts";

export const TRAINING_TASK = "train-model";

const MAX_SIMULTANEOUS_TRAININGS = 4;
const ENGINE_VERSION = "2026.01.15.0";

const newModelSchema = z.object({
  description: descriptiveFields.description,
  voiceName: requiredText.optional(),
  recipe: recipeChoiceSchema,
  locale: localeSchema.optional(),
  projectId: idSchema,
  consentId: idSchema,
  trainingSetId: idSchema,
  properties: modelSchema.shape.properties
    .unwrap()
    .pick({
      presetStyles: true,
      styleTrainingSetIds: true,
    })
    .optional(),
});

type NewModel = z.infer<typeof newModelSchema>;

export function modelOperations(context: CustomVoiceContext): Operations {
  const { models } = context.collections;
  return {
    "GET /modelrecipes": () => ({ status: 200, body: { value: RECIPES } }),
    "GET /models": (call) => listResources(call, models.list()),
    "GET /models/{id}": ({ id }) => ({ status: 200, body: requireModel(context, id) }),
    "PUT /models/{id}": (call) => createModel(context, call),
    "DELETE /models/{id}": ({ id }) => deleteModel(context, id),
  };
}

/** @throws {@link Refusal} 404. */
function requireModel({ collections }: CustomVoiceContext, id: string): Model {
  const model = collections.models.get(id);
  if (model === undefined) {
    throw notFound("model", id);
  }
  return model;
}

async function createModel(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const fields = parseArguments(newModelSchema, await readJson(call));
  const operationId = beginWork(context, call, {
    owner: ownerOf("models", call.id),
    task: TRAINING_TASK,
    durationMs: context.durations.modelMs,
    content: [JSON.stringify(fields)],
    write: () => writeModel(context, call.id, fields),
  });
  return { status: 201, body: requireModel(context, call.id), operationId };
}

/** @throws {@link Refusal} 400, 409 or 429. */
function writeModel(context: CustomVoiceContext, id: string, fields: NewModel): void {
  checkProject(context, fields.projectId, "ProfessionalVoice");
  const set = requireTrainingSet(context, fields);
  const consent = checkConsent(context, fields);
  if (consent.locale !== set.locale) {
    throw badRequest(`The consent is in ${consent.locale}, the training set in ${set.locale}.`);
  }
  const { voiceName = `${id}Neural`, locale, properties } = fields;
  const use = { recipe: fields.recipe, voiceName, locale, trainingLocale: set.locale, properties };
  const { kind, version } = checkRecipeUse(use);
  checkStyleSets(context, fields);
  if (context.collections.models.get(id) !== undefined) {
    throw conflict(`The model "${id}" already exists.`);
  }
  if (context.work.pending(TRAINING_TASK).length >= MAX_SIMULTANEOUS_TRAININGS) {
    throw tooManyRequests(`${MAX_SIMULTANEOUS_TRAININGS} models are being trained already.`);
  }
  const now = timestamp(context);
  context.collections.models.put({
    id,
    ...fields,
    voiceName,
    recipe: { kind, version },
    locale: locale ?? set.locale,
    engineVersion: ENGINE_VERSION,
    status: "NotStarted",
    createdDateTime: now,
    lastActionDateTime: now,
  });
}

function requireTrainingSet(
  { collections }: CustomVoiceContext,
  { trainingSetId, projectId }: Pick<NewModel, "trainingSetId" | "projectId">,
): TrainingSet {
  const set = collections.trainingsets.get(trainingSetId);
  if (set === undefined || set.projectId !== projectId) {
    throw badRequest(`The training set "${trainingSetId}" does not exist in the project "${projectId}".`);
  }
  return set;
}

function checkStyleSets(context: CustomVoiceContext, { projectId, properties }: NewModel): void {
  for (const trainingSetId of Object.values(properties?.styleTrainingSetIds ?? {})) {
    requireTrainingSet(context, { trainingSetId, projectId });
  }
}

/** Deleting a model that is being trained ends the training. */
function deleteModel(context: CustomVoiceContext, id: string): ServiceAnswer {
  requireModel(context, id);
  if (context.collections.endpoints.list({ property: "modelId", value: id }).length > 0) {
    throw conflict(`The model "${id}" is in use by an endpoint. Delete the endpoint first.`);
  }
  context.store.transaction(() => deleteResource(context, "models", id));
  return { status: 204 };
}
