import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { endedBatch, manyItems, sendBatch } from "../support/batch-api.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { readyVoice } from "../support/voices/ready-voice.ts";

const VOICE = "en-US-AvaMultilingualNeural";
const SPEAK = "/api/v1/synthesis/speak";
const TIMES = 3;
const ITEMS = 50;

/** A stack of its own: others would be counted too. */
let stack: LocalStack;
let api: ApiClient;
let texts = 0;

beforeAll(async () => {
  stack = await startLocalStack();
  api = await apiClient({ ...stack, baseUrl: stack.url, roles: ["Voice.Admin"] });
  await spoken({ text: "Everything is opened at first use.", voice: VOICE });
});

afterAll(() => stack.close());

async function spoken(body: object, client: ApiClient = api): Promise<string | null> {
  const response = await client.postJson(SPEAK, body);
  await response.arrayBuffer();
  return response.headers.get("x-cache");
}

function newText(): string {
  texts += 1;
  return `Sentence ${texts}.`;
}

type Calls = Readonly<Record<string, number>>;

interface Counted {
  readonly service: string;
  readonly operation: string;
  /** Of Cosmos DB: the container. */
  readonly subject?: string;
  readonly count: number;
}

/** Calls of Cosmos DB and the Speech service while the work runs. */
async function countedBy(work: () => Promise<unknown>): Promise<readonly Counted[]> {
  await fetch(`${stack.parts["Faults"]}/calls`, { method: "DELETE" });
  await work();
  const response = await fetch(`${stack.parts["Faults"]}/calls`);
  const { calls } = (await response.json()) as { calls: Counted[] };
  return calls.filter(
    // The SDK asks for a plan beside every query, and waits for none where the partition is known.
    ({ service, operation }) => (service === "cosmos" && operation !== "QueryPlan") || service === "speech",
  );
}

async function callsOf(work: () => Promise<unknown>): Promise<Calls> {
  const calls: Record<string, number> = {};
  for (const { service, operation, count } of await countedBy(work)) {
    const name = `${service} ${operation}`;
    calls[name] = (calls[name] ?? 0) + count;
  }
  return calls;
}

/** The least of some runs: every five seconds one of them also agrees on limits with other instances. */
async function leastCallsOf(work: () => Promise<unknown>): Promise<Calls> {
  const runs: Calls[] = [];
  for (let run = 0; run < TIMES; run += 1) {
    runs.push(await callsOf(work));
  }
  return runs.reduce((least, run) => (total(run) < total(least) ? run : least));
}

function total(calls: Calls): number {
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

describe("a request's calls", () => {
  it("are the counter and a look among one's own and the shared voices for a voice that nobody has", async () => {
    const user = await apiClient({ ...stack, baseUrl: stack.url, roles: ["Voice.User"] });

    const calls = await leastCallsOf(async () => (await user.get("/api/v1/voices/voice_0")).text());
    const ofAdmin = await leastCallsOf(async () => (await api.get("/api/v1/voices/voice_0")).text());

    expect(calls).toEqual({ "cosmos Patch": 1, "cosmos Read": 2 });
    expect(ofAdmin).toEqual({ ...calls, "cosmos CrossPartitionQuery": 1 });
  });

  it("are the counter and one query for a page of a list", async () => {
    const voices = await leastCallsOf(async () => (await api.get("/api/v1/voices")).text());
    const history = await leastCallsOf(async () => (await api.get("/api/v1/synthesis/history")).text());

    expect(voices).toEqual({ "cosmos Patch": 1, "cosmos Query": 1 });
    expect(history).toEqual({ "cosmos Patch": 1, "cosmos Query": 1 });
  });

  it("are one synthesis, the counter, the lexicon, history and usage for a speak", async () => {
    const calls = await leastCallsOf(() => spoken({ text: newText(), voice: VOICE }));

    expect(calls).toEqual({
      "speech synthesizeSpeech": 1,
      "cosmos Patch": 1,
      "cosmos Read": 2,
      "cosmos Create": 1,
      "cosmos Replace": 1,
    });
  });

  it("are no synthesis for a speak that the cache answers", async () => {
    const text = newText();
    await spoken({ text, voice: VOICE });

    const calls = await leastCallsOf(async () => {
      expect(await spoken({ text, voice: VOICE })).toBe("hit");
    });

    expect(calls["speech synthesizeSpeech"]).toBeUndefined();
    expect(total(calls)).toBe(5);
  });

  it("are the counter, the lexicon and usage for a speak that is not kept", async () => {
    const calls = await leastCallsOf(() =>
      spoken({ text: newText(), voice: VOICE, store: false, cache: "bypass" }),
    );

    expect(calls).toEqual({
      "speech synthesizeSpeech": 1,
      "cosmos Patch": 1,
      "cosmos Read": 2,
      "cosmos Replace": 1,
    });
  });

  it("read the lexicons once, however many languages a document speaks", async () => {
    const voices = [VOICE, "de-DE-KatjaNeural", "en-GB-SoniaNeural"];
    const ssml = (number: number): string =>
      `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">${voices
        .map((voice) => `<voice name="${voice}">Part ${number}.</voice>`)
        .join("")}</speak>`;

    const calls = await leastCallsOf(() => spoken({ ssml: ssml((texts += 1)), store: false }));

    expect(calls["cosmos Read"]).toBe(2);
  });
});

describe("a shared voice's calls", () => {
  let colleague: ApiClient;
  let shared: readonly string[];

  beforeAll(async () => {
    const owner = await apiClient({ ...stack, baseUrl: stack.url });
    colleague = await apiClient({ ...stack, baseUrl: stack.url, roles: ["Voice.User"] });
    shared = [await readyVoice(owner, "organization"), await readyVoice(owner, "organization")];
    await spoken({ text: newText(), voiceId: shared[0], store: false }, colleague);
  });

  it("are the counter, one query of one partition and a read for each voice on a page of them", async () => {
    const calls = await leastCallsOf(async () => {
      const page = await colleague.get("/api/v1/voices?visibility=organization&status=ready&q=narr");
      expect(await page.json()).toMatchObject({ items: shared.toReversed().map((id) => ({ id })) });
    });

    expect(calls).toEqual({ "cosmos Patch": 1, "cosmos Query": 1, "cosmos Read": 2 });
  });

  it("are the counter and three reads for a colleague who asks for it", async () => {
    const calls = await leastCallsOf(async () => (await colleague.get(`/api/v1/voices/${shared[0]}`)).text());

    expect(calls).toEqual({ "cosmos Patch": 1, "cosmos Read": 3 });
  });

  it("are those three, its consent, the lexicon and usage, and no query, for a colleague who speaks with it", async () => {
    const calls = await leastCallsOf(() =>
      spoken({ text: newText(), voiceId: shared[0], store: false, cache: "bypass" }, colleague),
    );

    expect(calls).toEqual({
      "speech synthesizeSpeech": 1,
      "cosmos Patch": 1,
      "cosmos Read": 6,
      "cosmos Replace": 1,
    });
  });
});

describe("a batch's calls", () => {
  it("are one synthesis for each item, and fewer of the store than items", async () => {
    const calls = await countedBy(async () => {
      const { id } = await sendBatch(api, { items: manyItems(ITEMS) });
      expect(await endedBatch(api, id)).toMatchObject({ counts: { succeeded: ITEMS } });
    });

    // How often the batch itself is looked at, and the rate limit of who asks for progress, depends on how long it takes.
    const ofItems = calls.filter(({ subject }) => subject !== "batches" && subject !== "counters");
    const [speech, store] = ["speech", "cosmos"].map((name) =>
      ofItems.filter(({ service }) => service === name).reduce((sum, { count }) => sum + count, 0),
    );
    expect(speech).toBe(ITEMS);
    expect(store).toBeLessThan(ITEMS);
  });
});
