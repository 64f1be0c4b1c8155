import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import { AzureSpeechSynthesizer } from "../../../src/adapters/azure-speech/azure-speech-synthesizer.ts";
import { azureVoiceCatalog } from "../../../src/adapters/azure-speech/voices-list/azure-voice-catalog.ts";
import { AzureTextTranslator } from "../../../src/adapters/translator/azure-text-translator.ts";
import { startBareServer } from "../../support/bare-server.ts";

type Listen = (url: string, onThrottled: () => void) => Promise<unknown>;

const never = () => new AbortController().signal;
const credential = async () => ({ kind: "key", key: "key" }) as const;

const synthesize: Listen = async (url, onThrottled) => {
  const synthesizer = new AzureSpeechSynthesizer({
    connection: { region: "local", standardUrl: url, deploymentUrl: url, credential },
    deadlines: { firstByteMs: 5_000, idleMs: 5_000 },
    resilience: { maxRetries: 1, baseDelayMs: 1 },
    onThrottled,
  });
  const target = { kind: "standard" } as const;
  const request = {
    ssml: "<speak/>",
    outputFormat: "raw-24khz-16bit-mono-pcm",
    target,
    voiceName: "voice",
  };
  try {
    return await synthesizer.synthesize(request, never());
  } finally {
    synthesizer.close();
  }
};

const translate: Listen = (endpoint, onThrottled) =>
  new AzureTextTranslator({
    endpoint,
    region: "local",
    credential: { kind: "key", key: "key" },
    timeoutMs: 5_000,
    onThrottled,
  }).translate({ from: "en", to: "de", keep: [], texts: ["Hello"] }, never());

const listVoices: Listen = (host, onThrottled) =>
  azureVoiceCatalog({
    host,
    credential: async () => ["ocp-apim-subscription-key", "key"] as const,
    resilience: { maxRetries: 1, baseDelayMs: 1 },
    onThrottled,
  }).list();

const freeQuota = JSON.stringify({ error: { code: 403_001, message: "Out of free quota." } });
const forbidden = JSON.stringify({ error: { code: 403_000, message: "Not allowed." } });

interface Answer {
  readonly call: Listen;
  readonly status: number;
  readonly body: string;
}

const OVER_QUOTA: readonly (readonly [string, Answer, number])[] = [
  [
    "a quota of speech, told as 400, at each of two attempts",
    { call: synthesize, status: 400, body: "Quota exceeded." },
    2,
  ],
  ["the free quota of the translator, told as 403001", { call: translate, status: 403, body: freeQuota }, 1],
  ["429 of the list of voices, at each of two attempts", { call: listVoices, status: 429, body: "" }, 2],
];

const OTHERS: readonly (readonly [string, Answer])[] = [
  ["a refused document", { call: synthesize, status: 400, body: "Unsupported voice." }],
  ["an outage of speech", { call: synthesize, status: 503, body: "" }],
  ["refused credentials of the translator", { call: translate, status: 403, body: forbidden }],
  ["refused credentials of the list of voices", { call: listVoices, status: 401, body: "" }],
];

describe("who listens for throttling", () => {
  it.each(OVER_QUOTA)("hears of %s", async (_what, answer, times) => {
    expect(await heard(answer)).toBe(times);
  });

  it.each(OTHERS)("does not hear of %s", async (_what, answer) => {
    expect(await heard(answer)).toBe(0);
  });
});

async function heard({ call, status, body }: Answer): Promise<number> {
  await using server = await startBareServer((_call, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  let count = 0;
  const onThrottled = (): void => {
    count += 1;
  };
  await expect(call(server.url, onThrottled)).rejects.toMatchObject({ name: "ServiceError" });
  return count;
}

describe("a websocket that speech refuses to open", () => {
  const callers = new AsyncLocalStorage<string>();
  const ssml = "<speak/>";
  const request = {
    ssml,
    outputFormat: "raw-24khz-16bit-mono-pcm",
    target: { kind: "standard" },
    voiceName: "voice",
    visemes: false,
  } as const;

  /** Speaks with events, where REST speaks and the websocket answers as given. */
  async function spokenBeside(status: number) {
    await using server = await startBareServer(({ headers }, response) => {
      response.writeHead(headers.upgrade === "websocket" ? status : 200).end("audio");
    });
    const refusals: string[] = [];
    let throttled = 0;
    const synthesizer = new AzureSpeechSynthesizer({
      connection: { region: "local", standardUrl: server.url, deploymentUrl: server.url, credential },
      deadlines: { firstByteMs: 5_000, idleMs: 5_000 },
      resilience: { maxRetries: 0 },
      onThrottled: () => (throttled += 1),
      onRefusedUpgrade: (refused) => refusals.push(`${callers.getStore()} ${refused}`),
    });
    const kinds = await callers.run("request 1", async () => {
      const spoken: string[] = [];
      for await (const { kind } of synthesizer.synthesizeWithEvents(request, never())) {
        spoken.push(kind);
      }
      return spoken;
    });
    synthesizer.close();
    return { kinds, refusals, throttled };
  }

  it("with 429 is heard of below its request and counted, though REST speaks in its place", async () => {
    expect(await spokenBeside(429)).toEqual({ kinds: ["audio"], refusals: ["request 1 429"], throttled: 1 });
  });

  it("with 403 is heard of, and no throttling", async () => {
    expect(await spokenBeside(403)).toEqual({ kinds: ["audio"], refusals: ["request 1 403"], throttled: 0 });
  });
});
