import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { jsonOf } from "../support/json-of.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { freePortBlock } from "../support/port-block.ts";
import { until } from "../support/until.ts";
import { speechFile, toneFile } from "../support/voices/recordings.ts";

const TIMEOUT_MS = 300_000;

let dataDirectory: string;
let port: number;
let stack: LocalStack;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), "voice-kills-"));
  port = await freePortBlock();
  stack = await startLocalStack({ dataDirectory, port });
}, TIMEOUT_MS);

afterAll(async () => {
  await stack.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function restarted(): Promise<ApiClient> {
  await stack.kill();
  stack = await startLocalStack({ dataDirectory, port });
  return apiClient({ baseUrl: stack.url, dataDirectory, name: "survivor" });
}

interface VoiceBody {
  readonly id: string;
  readonly status: string;
  readonly stages: readonly { readonly name: string }[];
}

async function voiceOf(api: ApiClient, id: string): Promise<VoiceBody> {
  return jsonOf(await api.get(`/api/v1/voices/${id}`));
}

/** What each kind is trained from, and the stages that it passes. */
const KINDS = [
  { kind: "personal", stages: ["verifying-consent", "training"] },
  { kind: "professional", stages: ["verifying-consent", "processing-samples", "training", "deploying"] },
] as const;

async function samplesFor(kind: "personal" | "professional") {
  if (kind === "personal") {
    return { samples: [await speechFile("sample.wav", 2)] };
  }
  const numbers = Array.from({ length: 300 }, (_, index) => index + 1);
  const lines = numbers.map((number) => `utterance-${number}\tThis is sentence ${number}.`);
  return {
    samples: numbers.map((number) => toneFile(`utterance-${number}.wav`, 0.5 + number / 1000)),
    transcripts: new File([lines.join("\n")], "transcript.txt", { type: "text/plain" }),
  };
}

describe("a training", { timeout: TIMEOUT_MS }, () => {
  it.each(KINDS)(
    "of a $kind voice goes on after every process was killed, right after it was accepted and in each stage",
    async ({ kind, stages }) => {
      let api = await apiClient({ baseUrl: stack.url, dataDirectory, name: "survivor" });
      const accepted = await api.postForm("/api/v1/voices/train", {
        name: "Survivor",
        kind,
        locale: "en-US",
        voiceTalentName: "Sample Speaker",
        companyName: "Sample Company",
        consent: await speechFile("consent.wav"),
        ...(await samplesFor(kind)),
      });
      const { id } = (await accepted.json()) as VoiceBody;

      api = await restarted();
      for (const stage of stages) {
        await until(
          () => voiceOf(api, id),
          (voice) => voice.stages.some(({ name }) => name === stage),
        );
        api = await restarted();
      }
      const voice = await until(
        () => voiceOf(api, id),
        ({ status }) => status === "ready" || status === "failed",
      );
      const spoken = await api.postJson("/api/v1/synthesis/speak", { text: "I am still here.", voiceId: id });

      expect(voice).toMatchObject({ status: "ready", stages: stages.map((name) => ({ name })) });
      expect(spoken.status).toBe(200);
    },
  );
});
