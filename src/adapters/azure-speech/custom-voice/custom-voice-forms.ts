import type { AudioFile, ConsentInput, PersonalVoiceInput } from "../../../application/ports/custom-voice.ts";

export function consentForm(input: ConsentInput): FormData {
  const form = new FormData();
  form.set("projectId", input.projectId);
  form.set("voiceTalentName", input.voiceTalentName);
  form.set("companyName", input.companyName);
  form.set("locale", input.locale);
  appendAudio(form, input.recording);
  return form;
}

export function personalVoiceForm(input: PersonalVoiceInput): FormData {
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
