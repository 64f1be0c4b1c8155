import { z } from "zod";
import { beginWork } from "../../stand-in/resource-api/begin-work.ts";
import { idSchema } from "../../stand-in/resource-api/id-schema.ts";
import { listResources } from "../../stand-in/resource-api/list-resources.ts";
import { badArgument, conflict, notFound, parseArguments } from "../../stand-in/resource-api/refusals.ts";
import { readForm, readJson } from "../../stand-in/resource-api/service-call.ts";
import type { Operations, ServiceAnswer, ServiceCall } from "../../stand-in/resource-api/service-call.ts";
import { descriptiveFields, localeSchema, requiredText } from "./argument-schemas.ts";
import { ownerOf } from "./collections.ts";
import { timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { deleteResource } from "./delete-resource.ts";
import { checkProject } from "./projects.ts";
import { promptRules } from "./recording-rules.ts";
import { decodeRecording } from "./recording.ts";
import type { Consent } from "./resources.ts";

const consentFieldsSchema = z.object({
  ...descriptiveFields,
  voiceTalentName: requiredText,
  companyName: requiredText,
  locale: localeSchema,
  projectId: idSchema,
});

const linkedConsentSchema = consentFieldsSchema.extend({
  audioUrl: z.url({ protocol: /^https?$/, error: "The audioUrl is not a valid URL." }),
});

type ConsentFields = z.infer<typeof consentFieldsSchema>;

export function consentOperations(context: CustomVoiceContext): Operations {
  const { consents } = context.collections;
  return {
    "GET /consents": (call) => listResources(call, consents.list()),
    "GET /consents/{id}": ({ id }) => ({ status: 200, body: requireConsent(context, id) }),
    "PUT /consents/{id}": (call) => createFromUrl(context, call),
    "POST /consents/{id}": (call) => createFromUpload(context, call),
    "DELETE /consents/{id}": ({ id }) => deleteConsent(context, id),
  };
}

/** @throws {@link Refusal} 404. */
function requireConsent({ collections }: CustomVoiceContext, id: string): Consent {
  const consent = collections.consents.get(id);
  if (consent === undefined) {
    throw notFound("consent", id);
  }
  return consent;
}

async function createFromUrl(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const { audioUrl, ...fields } = parseArguments(linkedConsentSchema, await readJson(call));
  return begin(context, call, {
    input: { audioUrl },
    content: [JSON.stringify(fields), audioUrl],
    write: () => writeConsent(context, call.id, fields),
  });
}

async function createFromUpload(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const form = await readForm(call);
  const fields = parseArguments(consentFieldsSchema, form.fields);
  const [recording] = form.recordings;
  if (recording === undefined || form.recordings.length > 1) {
    throw badArgument("audiodata", "Exactly one audio file is required.");
  }
  const decoded = await decodeRecording(recording, promptRules);
  if ("problem" in decoded) {
    throw badArgument("audiodata", decoded.problem);
  }
  return begin(context, call, {
    content: [JSON.stringify(fields), recording],
    write: () => {
      writeConsent(context, call.id, fields);
      context.store.addRecording(ownerOf("consents", call.id), recording);
    },
  });
}

interface NewConsent {
  readonly input?: unknown;
  readonly content: readonly (string | Uint8Array)[];
  readonly write: () => void;
}

function begin(context: CustomVoiceContext, call: ServiceCall, consent: NewConsent): ServiceAnswer {
  const durationMs = context.durations.consentMs;
  const operationId = beginWork(context, call, {
    owner: ownerOf("consents", call.id),
    task: "check-consent",
    durationMs,
    ...consent,
  });
  return { status: 201, body: requireConsent(context, call.id), operationId };
}

/** @throws {@link Refusal} 400 or 409. */
function writeConsent(context: CustomVoiceContext, id: string, fields: ConsentFields): void {
  checkProject(context, fields.projectId);
  if (context.collections.consents.get(id) !== undefined) {
    throw conflict(`The consent "${id}" already exists.`);
  }
  const now = timestamp(context);
  context.collections.consents.put({
    id,
    ...fields,
    status: "NotStarted",
    createdDateTime: now,
    lastActionDateTime: now,
  });
}

function deleteConsent(context: CustomVoiceContext, id: string): ServiceAnswer {
  requireConsent(context, id);
  const { personalvoices, models } = context.collections;
  const ofConsent = { property: "consentId", value: id };
  if (personalvoices.list(ofConsent).length > 0 || models.list(ofConsent).length > 0) {
    throw conflict(`The consent "${id}" is in use by personal voices or models. Delete them first.`);
  }
  context.store.transaction(() => deleteResource(context, "consents", id));
  return { status: 204 };
}
