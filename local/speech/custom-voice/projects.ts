import { z } from "zod";
import { listResources } from "../../stand-in/resource-api/list-resources.ts";
import { badRequest, conflict, notFound, parseArguments } from "../../stand-in/resource-api/refusals.ts";
import { readJson } from "../../stand-in/resource-api/service-call.ts";
import type { Operations, ServiceAnswer, ServiceCall } from "../../stand-in/resource-api/service-call.ts";
import { descriptiveFields, localeSchema } from "./argument-schemas.ts";
import { timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { deleteResource } from "./delete-resource.ts";
import { projectSchema } from "./resources.ts";
import type { Project } from "./resources.ts";

const newProjectSchema = z.object({
  ...descriptiveFields,
  kind: projectSchema.shape.kind,
  locale: localeSchema.optional(),
});

export function projectOperations(context: CustomVoiceContext): Operations {
  const { projects } = context.collections;
  return {
    "GET /projects": (call) => listResources(call, projects.list()),
    "GET /projects/{id}": ({ id }) => ({ status: 200, body: requireProject(context, id) }),
    "PUT /projects/{id}": (call) => createProject(context, call),
    "DELETE /projects/{id}": (call) => deleteProject(context, call),
  };
}

/** @throws {@link Refusal} 404. */
function requireProject({ collections }: CustomVoiceContext, id: string): Project {
  const project = collections.projects.get(id);
  if (project === undefined) {
    throw notFound("project", id);
  }
  return project;
}

/** @throws {@link Refusal} 400 when a request names a project that does not exist or is of the wrong kind. */
export function checkProject({ collections }: CustomVoiceContext, id: string, kind?: Project["kind"]): void {
  const project = collections.projects.get(id);
  if (project === undefined) {
    throw badRequest(`The project "${id}" does not exist.`);
  }
  if (kind !== undefined && project.kind !== kind) {
    throw badRequest(`The project "${id}" is of the kind ${project.kind}, not ${kind}.`);
  }
}

async function createProject(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const fields = parseArguments(newProjectSchema, await readJson(call));
  if (context.collections.projects.get(call.id) !== undefined) {
    throw conflict(`The project "${call.id}" already exists.`);
  }
  const project = { id: call.id, ...fields, createdDateTime: timestamp(context) };
  context.collections.projects.put(project);
  return { status: 201, body: project };
}

function deleteProject(context: CustomVoiceContext, { id, url }: ServiceCall): ServiceAnswer {
  requireProject(context, id);
  const { endpoints, models, trainingsets, personalvoices, consents, projects } = context.collections;
  const inProject = { property: "projectId", value: id };
  const isForced = parseArguments(z.stringbool(), url.searchParams.get("forceDelete") ?? "false");
  if (!isForced && (models.list(inProject).length > 0 || endpoints.list(inProject).length > 0)) {
    throw badRequest(
      `The project "${id}" holds models or endpoints. Use forceDelete=true to delete them with it.`,
    );
  }
  context.store.transaction(() => {
    for (const kind of ["endpoints", "models", "trainingsets", "personalvoices", "consents"] as const) {
      const holding = { endpoints, models, trainingsets, personalvoices, consents }[kind];
      for (const resource of holding.list(inProject)) {
        deleteResource(context, kind, resource.id);
      }
    }
    projects.delete(id);
  });
  return { status: 204 };
}
