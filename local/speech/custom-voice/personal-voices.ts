import { randomUUID } from "node:crypto";
import { z } from "zod";
import { beginWork } from "../../stand-in/resource-api/begin-work.ts";
import { idSchema } from "../../stand-in/resource-api/id-schema.ts";
import { listResources } from "../../stand-in/resource-api/list-resources.ts";
import { badArgument, conflict, notFound, parseArguments } from "../../stand-in/resource-api/refusals.ts";
import { readForm, readJson } from "../../stand-in/resource-api/service-call.ts";
import type { Operations, ServiceAnswer, ServiceCall } from "../../stand-in/resource-api/service-call.ts";
import { blobSourceSchema, descriptiveFields } from "./argument-schemas.ts";
import { checkConsent } from "./check-consent-use.ts";
import { ownerOf } from "./collections.ts";
import { timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { deleteResource } from "./delete-resource.ts";
import { checkProject } from "./projects.ts";
import { promptProblem } from "./prompt.ts";
import { promptRules } from "./recording-rules.ts";
import { decodeRecording } from "./recording.ts";
import type { PersonalVoice } from "./resources.ts";

const voiceFieldsSchema = z.object({ ...descriptiveFields, projectId: idSchema, consentId: idSchema });

const linkedVoiceSchema = voiceFieldsSchema.extend({ audios: blobSourceSchema });

export function personalVoiceOperations(context: CustomVoiceContext): Operations {
  const { personalvoices } = context.collections;
  return {
    "GET /personalvoices": (call) => listResources(call, personalvoices.list()),
    "GET /personalvoices/{id}": ({ id }) => ({ status: 200, body: requireVoice(context, id) }),
    "PUT /personalvoices/{id}": (call) => createFromContainer(context, call),
    "POST /personalvoices/{id}": (call) => createFromUpload(context, call),
    "DELETE /personalvoices/{id}": ({ id }) => {
      requireVoice(context, id);
      context.store.transaction(() => deleteResource(context, "personalvoices", id));
      return { status: 204 };
    },
  };
}

/** @throws {@link Refusal} 404. */
function requireVoice({ collections }: CustomVoiceContext, id: string): PersonalVoice {
  const voice = collections.personalvoices.get(id);
  if (voice === undefined) {
    throw notFound("personal voice", id);
  }
  return voice;
}

async function createFromContainer(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const { audios, ...fields } = parseArguments(linkedVoiceSchema, await readJson(call));
  return begin(context, call, {
    input: { audios },
    content: [JSON.stringify(fields), JSON.stringify(audios)],
    write: () => writeVoice(context, call.id, fields),
  });
}

async function createFromUpload(context: CustomVoiceContext, call: ServiceCall): Promise<ServiceAnswer> {
  const form = await readForm(call);
  const fields = parseArguments(voiceFieldsSchema, form.fields);
  const problem = promptProblem(
    await Promise.all(form.recordings.map((file) => decodeRecording(file, promptRules))),
  );
  if (problem !== undefined) {
    throw badArgument("audiodata", problem);
  }
  return begin(context, call, {
    content: [JSON.stringify(fields), ...form.recordings],
    write: () => {
      writeVoice(context, call.id, fields);
      for (const recording of form.recordings) {
        context.store.addRecording(ownerOf("personalvoices", call.id), recording);
      }
    },
  });
}

interface NewVoice {
  readonly input?: unknown;
  readonly content: readonly (string | Uint8Array)[];
  readonly write: () => void;
}

function begin(context: CustomVoiceContext, call: ServiceCall, voice: NewVoice): ServiceAnswer {
  const operationId = beginWork(context, call, {
    owner: ownerOf("personalvoices", call.id),
    task: "make-personal-voice",
    durationMs: context.durations.personalVoiceMs,
    ...voice,
  });
  return { status: 201, body: requireVoice(context, call.id), operationId };
}

/** @throws {@link Refusal} 400 or 409. */
function writeVoice(
  context: CustomVoiceContext,
  id: string,
  fields: z.infer<typeof voiceFieldsSchema>,
): void {
  checkProject(context, fields.projectId, "PersonalVoice");
  checkConsent(context, fields);
  if (context.collections.personalvoices.get(id) !== undefined) {
    throw conflict(`The personal voice "${id}" already exists.`);
  }
  const now = timestamp(context);
  context.collections.personalvoices.put({
    id,
    speakerProfileId: randomUUID(),
    ...fields,
    status: "NotStarted",
    createdDateTime: now,
    lastActionDateTime: now,
  });
}
