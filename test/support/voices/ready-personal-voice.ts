import type { ApiClient } from "../api-client.ts";
import { until } from "../until.ts";
import { speechFile } from "./recordings.ts";

/** Makes a personal voice and waits until it can speak. @returns its id. */
export async function readyPersonalVoice(api: ApiClient): Promise<string> {
  const [consent, samples] = await Promise.all([speechFile("consent.wav"), speechFile("sample.wav", 2)]);
  const response = await api.postForm("/api/v1/voices/train", {
    name: "Narrator",
    kind: "personal",
    locale: "en-US",
    voiceTalentName: "Sample Speaker",
    companyName: "Sample Company",
    consent,
    samples,
  });
  const { id } = (await response.json()) as { id: string };
  await until(
    async () => (await (await api.get(`/api/v1/voices/${id}`)).json()) as { status: string },
    ({ status }) => status === "ready",
  );
  return id;
}
