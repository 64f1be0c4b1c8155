import type {
  CustomVoiceService,
  EndpointState,
  MakingState,
} from "../../../application/ports/custom-voice.ts";
import { type CreateOnce, createOnce, readResource, type Resource } from "./custom-voice-resource.ts";
import type { SendCustomVoiceCall } from "./custom-voice-client.ts";
import { consentForm, personalVoiceForm } from "./custom-voice-forms.ts";
import { endpointBody, modelBody, trainingDataBody } from "./professional-bodies.ts";

/** {@link CustomVoiceService} over the REST API `2026-01-01`. */
export function azureCustomVoiceService(send: SendCustomVoiceCall): CustomVoiceService {
  const create: CreateOnce = createOnce(send);
  return { ...personalCalls(send, create), ...professionalCalls(send, create), ...removals(send) };
}

type PersonalCalls = Pick<
  CustomVoiceService,
  "createProject" | "createConsent" | "consentState" | "createPersonalVoice" | "personalVoiceState"
>;

function personalCalls(send: SendCustomVoiceCall, create: CreateOnce): PersonalCalls {
  return {
    createProject: (id, kind) =>
      create(`/projects/${id}`, {
        method: "PUT",
        json: { kind: kind === "personal" ? "PersonalVoice" : "ProfessionalVoice" },
      }),
    createConsent: (input) => create(`/consents/${input.id}`, { method: "POST", form: consentForm(input) }),
    consentState: async (id) => stateOf(await readResource(send, `/consents/${id}`)),
    createPersonalVoice: (input) =>
      create(`/personalvoices/${input.id}`, { method: "POST", form: personalVoiceForm(input) }),
    async personalVoiceState(id) {
      const found = await readResource(send, `/personalvoices/${id}`);
      return { ...stateOf(found), speakerProfileId: found.speakerProfileId };
    },
  };
}

type ProfessionalCalls = Pick<
  CustomVoiceService,
  | "createTrainingSet"
  | "uploadTrainingData"
  | "trainingSetState"
  | "createModel"
  | "modelState"
  | "createEndpoint"
  | "endpointState"
  | "suspendEndpoint"
  | "resumeEndpoint"
>;

function professionalCalls(send: SendCustomVoiceCall, create: CreateOnce): ProfessionalCalls {
  return {
    createTrainingSet: ({ id, projectId, locale }) =>
      create(`/trainingsets/${id}`, { method: "PUT", json: { projectId, locale } }),
    async uploadTrainingData(input) {
      const path = `/trainingsets/${input.trainingSetId}`;
      const { status, properties } = await readResource(send, path);
      // An upload that is under way or done must not be made twice: it would add every utterance again.
      if (status === "Succeeded" && (properties?.utteranceCount ?? 0) === 0) {
        await send({ method: "POST", path: `${path}:upload`, json: trainingDataBody(input) });
      }
    },
    async trainingSetState(id) {
      const found = await readResource(send, `/trainingsets/${id}`);
      return { ...stateOf(found), utteranceCount: found.properties?.utteranceCount ?? 0 };
    },
    createModel: (input) => create(`/models/${input.id}`, { method: "PUT", json: modelBody(input) }),
    async modelState(id) {
      const found = await readResource(send, `/models/${id}`);
      return { ...stateOf(found), secondaryLocales: found.properties?.secondaryLocales ?? [] };
    },
    createEndpoint: (input) => create(`/endpoints/${input.id}`, { method: "PUT", json: endpointBody(input) }),
    endpointState: async (id) => endpointStateOf(await readResource(send, `/endpoints/${id}`)),
    async suspendEndpoint(id) {
      await send({ method: "POST", path: `/endpoints/${id}:suspend` });
    },
    async resumeEndpoint(id) {
      await send({ method: "POST", path: `/endpoints/${id}:resume` });
    },
  };
}

type Removals = Pick<
  CustomVoiceService,
  | "deleteEndpoint"
  | "deleteModel"
  | "deleteTrainingSet"
  | "deletePersonalVoice"
  | "deleteConsent"
  | "deleteProject"
>;

function removals(send: SendCustomVoiceCall): Removals {
  const remove = async (path: string, query: Record<string, string> = {}): Promise<void> => {
    await send({ method: "DELETE", path, query });
  };
  return {
    deleteEndpoint: (id) => remove(`/endpoints/${id}`),
    deleteModel: (id) => remove(`/models/${id}`),
    deleteTrainingSet: (id) => remove(`/trainingsets/${id}`),
    deletePersonalVoice: (id) => remove(`/personalvoices/${id}`),
    deleteConsent: (id) => remove(`/consents/${id}`),
    deleteProject: (id) => remove(`/projects/${id}`, { forceDelete: "true" }),
  };
}

function stateOf({ status, properties }: Resource): MakingState {
  switch (status) {
    case "Succeeded":
      return { state: "succeeded" };
    case "Failed":
      return { state: "failed", reason: properties?.failureReason ?? "Internal" };
    default:
      return { state: "running" };
  }
}

function endpointStateOf(resource: Resource): EndpointState {
  return resource.status === "Disabled" ? { state: "suspended" } : stateOf(resource);
}
