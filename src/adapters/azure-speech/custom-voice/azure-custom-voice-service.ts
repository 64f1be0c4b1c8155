import { z } from "zod";
import type {
  AudioFile,
  ConsentInput,
  CustomVoiceService,
  MakingState,
  PersonalVoiceInput,
} from "../../../application/ports/custom-voice.ts";
import { ServiceError } from "../../../domain/errors/service-error.ts";
import type { SendCustomVoiceCall } from "./custom-voice-client.ts";

const resource = z.object({
  status: z.string(),
  speakerProfileId: z.string().optional(),
  properties: z.object({ failureReason: z.string().optional() }).nullish(),
});
type Resource = z.output<typeof resource>;

/** {@link CustomVoiceService} over the REST API `2026-01-01`. */
export function azureCustomVoiceService(send: SendCustomVoiceCall): CustomVoiceService {
  const read = async (path: string): Promise<Resource> => {
    const found = await send({ method: "GET", path });
    if (found === undefined) {
      throw new ServiceError("custom-voice-refused", `The custom voice service does not know ${path}.`);
    }
    return resource.parse(found);
  };
  const remove = async (path: string, query: Record<string, string> = {}): Promise<void> => {
    await send({ method: "DELETE", path, query });
  };
  return {
    async createProject(id, kind) {
      const body = { kind: kind === "personal" ? "PersonalVoice" : "ProfessionalVoice" };
      await createOnce(send, `/projects/${id}`, () => ({ method: "PUT", json: body }));
    },
    async createConsent(input) {
      await createOnce(send, `/consents/${input.id}`, () => ({ method: "POST", form: consentForm(input) }));
    },
    async consentState(id) {
      return stateOf(await read(`/consents/${id}`));
    },
    async createPersonalVoice(input) {
      await createOnce(send, `/personalvoices/${input.id}`, () => ({
        method: "POST",
        form: voiceForm(input),
      }));
    },
    async personalVoiceState(id) {
      const found = await read(`/personalvoices/${id}`);
      return { ...stateOf(found), speakerProfileId: found.speakerProfileId };
    },
    deletePersonalVoice: (id) => remove(`/personalvoices/${id}`),
    deleteConsent: (id) => remove(`/consents/${id}`),
    deleteProject: (id) => remove(`/projects/${id}`, { forceDelete: "true" }),
  };
}

/** A second creation of one id is not defined by Azure, so what is there already is left alone. */
async function createOnce(
  send: SendCustomVoiceCall,
  path: string,
  creation: () => { readonly method: "PUT" | "POST"; readonly json?: object; readonly form?: FormData },
): Promise<void> {
  if ((await send({ method: "GET", path })) === undefined) {
    await send({ ...creation(), path });
  }
}

function consentForm(input: ConsentInput): FormData {
  const form = new FormData();
  form.set("projectId", input.projectId);
  form.set("voiceTalentName", input.voiceTalentName);
  form.set("companyName", input.companyName);
  form.set("locale", input.locale);
  appendAudio(form, input.recording);
  return form;
}

function voiceForm(input: PersonalVoiceInput): FormData {
  const form = new FormData();
  form.set("projectId", input.projectId);
  form.set("consentId", input.consentId);
  for (const recording of input.recordings) {
    appendAudio(form, recording);
  }
  return form;
}

/** The service matches the field's name without regard to case; its own clients differ in it. */
function appendAudio(form: FormData, { bytes, contentType, fileName }: AudioFile): void {
  form.append("audiodata", new Blob([new Uint8Array(bytes)], { type: contentType }), fileName);
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
