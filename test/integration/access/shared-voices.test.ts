import { beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { EMULATOR_KEY } from "../../../local/cosmos/start.ts";
import { objectIdOf } from "../../../local/entra/registration.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { ORGANIZATION, SHARED_VOICES } from "../../../src/application/voices/shared-voice.ts";
import { type ApiClient, apiClient } from "../../support/api-client.ts";
import { until } from "../../support/until.ts";
import { readyVoice } from "../../support/voices/ready-voice.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const OWNER_NAME = `sharer-${process.pid}`;
const SHARED = "/api/v1/voices?visibility=organization&limit=100";

let owner: ApiClient;
let stranger: ApiClient;
let admin: ApiClient;
/** Shared before each test. */
let voiceId: string;

beforeAll(async () => {
  owner = await apiClient({ ...stack, name: OWNER_NAME });
  stranger = await apiClient(stack);
  admin = await apiClient({ ...stack, roles: ["Voice.Admin"] });
  voiceId = await readyVoice(owner, "organization");
});

async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}

async function idsAt(api: ApiClient, path: string): Promise<readonly string[]> {
  const schema = z.object({ items: z.array(z.object({ id: z.string() })) });
  return schema.parse(await (await api.get(path)).json()).items.map(({ id }) => id);
}

function putVoice(changes: object): Promise<Response> {
  return owner.send(`/api/v1/voices/${voiceId}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(changes),
  });
}

function speakWith(id: string): Promise<Response> {
  return stranger.postJson("/api/v1/synthesis/speak", { text: "Hello.", voiceId: id });
}

/** Whether others find the voice: in the list, by its id, and to speak with it. */
async function isFound(id: string): Promise<readonly unknown[]> {
  const answers = await Promise.all([stranger.get(`/api/v1/voices/${id}`), speakWith(id)]);
  return [(await idsAt(stranger, SHARED)).includes(id), ...(await Promise.all(answers.map(statusOf)))];
}

/** As a crash between two writes leaves it, or a version that had no references. */
async function dropReference(): Promise<void> {
  const database = new CosmosDatabase({
    endpoint: inject("parts")["Cosmos"] ?? "",
    credential: { key: EMULATOR_KEY },
    databaseName: "voice-cloning",
    createIfAbsent: false,
  });
  try {
    await database.collection(SHARED_VOICES).delete(ORGANIZATION, voiceId);
  } finally {
    await database.close();
  }
}

describe("a voice that is shared with the organization", () => {
  it("may be read and spoken with by others, and changed by nobody but its owner", async () => {
    const ofOwner = await idsAt(admin, `${SHARED}&ownerId=${objectIdOf(OWNER_NAME)}`);

    const answers = await Promise.all([
      stranger.get(`/api/v1/voices/${voiceId}`),
      speakWith(voiceId),
      stranger.delete(`/api/v1/voices/${voiceId}`),
    ]);

    expect(await Promise.all(answers.map(statusOf))).toEqual([200, 200, 404]);
    expect(ofOwner).toEqual([voiceId]);
  });

  it("is in the list that others ask for, by what it is now, and not among their own", async () => {
    await statusOf(await putVoice({ name: "Town crier" }));

    const list = `${SHARED}&kind=personal&status=ready&locale=en-US`;
    expect(await idsAt(stranger, `${list}&q=town`)).toContain(voiceId);
    expect(await idsAt(stranger, `${list}&q=narrator`)).not.toContain(voiceId);
    expect(await idsAt(stranger, "/api/v1/voices?limit=100")).not.toContain(voiceId);
  });

  it("is neither listed, read nor spoken with by others once it is withdrawn", async () => {
    await statusOf(await putVoice({ visibility: "private" }));

    expect(await isFound(voiceId)).toEqual([false, 404, 404]);
    await statusOf(await putVoice({ visibility: "organization" }));
  });

  it("is neither listed, read nor spoken with by others once it is deleted", async () => {
    const deleted = await readyVoice(owner, "organization");
    expect(await statusOf(await stranger.get(`/api/v1/voices/${deleted}`))).toBe(200);

    await statusOf(await owner.delete(`/api/v1/voices/${deleted}`));

    expect(await isFound(deleted)).toEqual([false, 404, 404]);
  });

  it("that lost its reference is there again after the timer's next run", async () => {
    await dropReference();
    expect(await statusOf(await stranger.get(`/api/v1/voices/${voiceId}`))).toBe(404);

    const run = { method: "POST", body: '{"input":""}' };
    await fetch(`${stack.baseUrl}/admin/functions/reconcileSharedVoices`, run);
    await until(
      async () => statusOf(await stranger.get(`/api/v1/voices/${voiceId}`)),
      (status) => status === 200,
    );

    expect(await idsAt(stranger, SHARED)).toContain(voiceId);
  });
});
