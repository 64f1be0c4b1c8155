import { z } from "zod";
import type { ApiClient } from "../api-client.ts";
import { until } from "../until.ts";
import { speechFile } from "./recordings.ts";

const created = z.object({ id: z.string() });
const stated = z.object({ status: z.string() });

/** Trains a personal voice named "Narrator" and waits until it is ready. @returns its id. */
export async function readyVoice(
  api: ApiClient,
  visibility: "private" | "organization" = "private",
): Promise<string> {
  const [consent, samples] = await Promise.all([speechFile("consent.wav"), speechFile("sample.wav", 2)]);
  const speaker = { voiceTalentName: "Sample Speaker", companyName: "Sample Company", locale: "en-US" };
  const form = { ...speaker, name: "Narrator", kind: "personal", visibility, consent, samples };
  const { id } = created.parse(await (await api.postForm("/api/v1/voices/train", form)).json());
  await until(
    async () => stated.parse(await (await api.get(`/api/v1/voices/${id}`)).json()),
    ({ status }) => status === "ready",
  );
  return id;
}
