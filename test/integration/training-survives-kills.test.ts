import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { until } from "../support/until.ts";
import { speechFile } from "../support/voices/recordings.ts";

const TIMEOUT_MS = 120_000;

let dataDirectory: string;
let stack: LocalStack;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), "voice-kills-"));
  stack = await startLocalStack({ dataDirectory });
}, TIMEOUT_MS);

afterAll(async () => {
  await stack.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function restarted(): Promise<ApiClient> {
  await stack.kill();
  stack = await startLocalStack({ dataDirectory });
  return apiClient({ baseUrl: stack.url, dataDirectory, name: "survivor" });
}

interface VoiceBody {
  readonly id: string;
  readonly status: string;
  readonly stages: readonly { readonly name: string }[];
}

async function voiceOf(api: ApiClient, id: string): Promise<VoiceBody> {
  return (await (await api.get(`/api/v1/voices/${id}`)).json()) as VoiceBody;
}

describe("a training", { timeout: TIMEOUT_MS }, () => {
  it("goes on after every process was killed, right after it was accepted and in each stage", async () => {
    const [consent, samples] = await Promise.all([speechFile("consent.wav"), speechFile("sample.wav", 2)]);
    let api = await apiClient({ baseUrl: stack.url, dataDirectory, name: "survivor" });
    const accepted = await api.postForm("/api/v1/voices/train", {
      name: "Survivor",
      kind: "personal",
      locale: "en-US",
      voiceTalentName: "Sample Speaker",
      companyName: "Sample Company",
      consent,
      samples,
    });
    const { id } = (await accepted.json()) as VoiceBody;

    api = await restarted();
    for (const stage of ["verifying-consent", "training"]) {
      await until(
        () => voiceOf(api, id),
        ({ stages }) => stages.some(({ name }) => name === stage),
      );
      api = await restarted();
    }
    const voice = await until(
      () => voiceOf(api, id),
      ({ status }) => status === "ready" || status === "failed",
    );
    const spoken = await api.postJson("/api/v1/synthesis/speak", { text: "I am still here.", voiceId: id });

    expect(voice).toMatchObject({
      status: "ready",
      stages: [{ name: "verifying-consent" }, { name: "training" }],
    });
    expect(spoken.status).toBe(200);
  });
});
