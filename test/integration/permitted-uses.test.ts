import { beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { allItems, endedBatch, sendBatch } from "../support/batch-api.ts";
import { DropFolderClient, dropOwner } from "../support/drop-folder.ts";
import { until } from "../support/until.ts";
import { speechFile } from "../support/voices/recordings.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const files = new DropFolderClient(inject("parts")["Blobs"] ?? "");
const { name, folder } = dropOwner();
const REFUSED = { code: "voice-use-not-permitted" };

let api: ApiClient;
let voiceId: string;

beforeAll(async () => {
  api = await apiClient({ ...stack, name });
  const [consent, samples] = await Promise.all([speechFile("consent.wav"), speechFile("sample.wav", 2)]);
  const response = await api.postForm("/api/v1/voices/train", {
    name: "Narrator",
    kind: "personal",
    locale: "en-US",
    permittedUses: '["education","business-content"]',
    voiceTalentName: "Sample Speaker",
    companyName: "Sample Company",
    consent,
    samples,
  });
  voiceId = ((await response.json()) as { id: string }).id;
  await until(readVoice, ({ status }) => status === "ready");
});

async function readVoice(): Promise<{ status: string; permittedUses: readonly string[] }> {
  const voice = await (await api.get(`/api/v1/voices/${voiceId}`)).json();
  return voice as { status: string; permittedUses: readonly string[] };
}

async function asked(
  path: string,
  body: object,
): Promise<readonly [status: number, code: string | undefined]> {
  const response = await api.postJson(`/api/v1/synthesis/${path}`, { text: "Hello.", voiceId, ...body });
  const isProblem = response.headers.get("content-type") === "application/problem+json";
  const problem = isProblem ? ((await response.json()) as { code: string }) : undefined;
  await response.body?.cancel().catch(() => undefined);
  return [response.status, problem?.code];
}

describe("the permitted uses of a voice", () => {
  it("stand in the voice as they were given when it was made", async () => {
    expect((await readVoice()).permittedUses).toEqual(["education", "business-content"]);
  });

  it.each(["speak", "speak?dryRun=true", "speak/stream"])("hold for %s", async (path) => {
    expect(await asked(path, {})).toEqual([403, REFUSED.code]);
    expect(await asked(path, { use: "marketing" })).toEqual([403, REFUSED.code]);
    expect(await asked(path, { use: "education" })).toEqual([200, undefined]);
  });

  it("hold for each item of a batch", async () => {
    const { id } = await sendBatch(api, {
      defaults: { voiceId, use: "education" },
      items: [
        { id: "lesson", text: "Hello." },
        { id: "advert", text: "Hello.", use: "marketing" },
      ],
    });

    const batch = await endedBatch(api, id);

    expect(batch.status).toBe("completed-with-errors");
    expect(await allItems(api, id)).toMatchObject([
      { id: "lesson", status: "succeeded" },
      { id: "advert", status: "failed", error: REFUSED },
    ]);
  });

  it("hold for rows of a dropped file", async () => {
    await files.drop(
      `${folder}/lines.csv`,
      `id,text,voiceId,use\na,Hello.,${voiceId},education\nb,Hello.,${voiceId},\n`,
    );

    const { id } = await until(
      async () => {
        const page = await (await api.get("/api/v1/synthesis/batch?limit=100")).json();
        const { items } = page as { items: { id: string; source: string | null }[] };
        return items.find(({ source }) => source === "lines.csv") ?? { id: "" };
      },
      (batch) => batch.id !== "",
    );
    await endedBatch(api, id);

    expect(await allItems(api, id)).toMatchObject([
      { id: "a", status: "succeeded" },
      { id: "b", status: "failed", error: REFUSED },
    ]);
  });

  it("are a closed list", async () => {
    const [status] = await asked("speak", { use: "anything" });
    const changed = await put({ permittedUses: ["anything"] });

    expect([status, changed.status]).toEqual([422, 422]);
  });

  it("are changed like everything that the owner says of a voice", async () => {
    const changed = await put({ permittedUses: ["marketing"] });

    expect(await changed.json()).toMatchObject({ permittedUses: ["marketing"], name: "Narrator" });
    expect(await asked("speak", { use: "education" })).toEqual([403, REFUSED.code]);
    expect(await asked("speak", { use: "marketing" })).toEqual([200, undefined]);
  });
});

function put(body: object): Promise<Response> {
  return api.send(`/api/v1/voices/${voiceId}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
