import { describe, expect, inject, it } from "vitest";
import { apiClient } from "../support/api-client.ts";
import { allItems, BATCH_VOICE, endedBatch, manyItems, sendBatch } from "../support/batch-api.ts";
import { until } from "../support/until.ts";
import { unzip } from "../support/unzip.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };

const MIXED = [
  { text: "A", format: "mp3" },
  { text: "B", format: "wav" },
];

describe("a batch", () => {
  it("speaks every item, with captions and one joined file, and tells about each in the manifest", async () => {
    const api = await apiClient(stack);
    const items = [
      { id: "hello", text: "Hello there." },
      { id: "by-ssml", ssml: ssmlOf("Spoken from markup.") },
    ];

    const { id } = await sendBatch(api, {
      items,
      defaults: { voice: BATCH_VOICE, format: "wav" },
      output: { captions: ["srt", "vtt"], concatenate: true },
    });
    const batch = await endedBatch(api, id);
    const listed = await allItems(api, id);
    const archive = await api.get(`/api/v1/synthesis/batch/${id}/archive`);
    const files = unzip(Buffer.from(await archive.arrayBuffer()));
    const audio = await fetch(listed[0]?.audioUrl ?? "");

    expect(batch).toMatchObject({ status: "completed", counts: { total: 2, succeeded: 2, failed: 0 } });
    expect(listed).toMatchObject([
      { id: "hello", status: "succeeded", attempts: 1, characters: 12, error: null },
      { id: "by-ssml", status: "succeeded" },
    ]);
    expect(audio.headers.get("content-type")).toBe("audio/wav");
    expect(Buffer.from(await audio.arrayBuffer()).toString("latin1", 0, 4)).toBe("RIFF");
    expect(Object.keys(files).toSorted()).toEqual(
      ["hello", "by-ssml"]
        .flatMap((name) => ["srt", "vtt", "wav"].map((extension) => `${name}.${extension}`))
        .concat("manifest.json", "_joined.wav")
        .toSorted(),
    );
    const joined = Buffer.from(files["_joined.wav"] ?? "", "latin1");
    expect(joined.readUInt32LE(4)).toBe(joined.length - 8);
    expect(files["hello.srt"]).toContain("Hello there.");
    expect(JSON.parse(files["manifest.json"] ?? "")).toMatchObject({
      id,
      status: "completed",
      items: [{ id: "hello", state: "succeeded" }, { id: "by-ssml" }],
    });
  });

  it("is made once per Idempotency-Key, whose repetition gets the first answer", async () => {
    const api = await apiClient(stack);
    const body = { items: [{ text: "Only once." }], defaults: { voice: BATCH_VOICE } };
    const key = { "idempotency-key": "batch-once" };

    const first = await api.postJson("/api/v1/synthesis/batch", body, key);
    const second = await api.postJson("/api/v1/synthesis/batch", body, key);
    const other = await api.postJson("/api/v1/synthesis/batch", { ...body, items: [{ text: "Else." }] }, key);
    const listed = await (await api.get("/api/v1/synthesis/batch")).json();

    expect([first.status, second.status, other.status]).toEqual([202, 202, 422]);
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(await second.json()).toEqual(await first.json());
    expect(listed).toMatchObject({ items: [expect.anything()] });
  });

  it("fails only the item whose voice nobody knows, and a retry speaks nothing twice", async () => {
    const api = await apiClient(stack);
    const items = manyItems(60).map((item, index) =>
      index === 47 ? { ...item, voice: "xx-XX-None" } : item,
    );

    const { id } = await sendBatch(api, { items });
    const first = await endedBatch(api, id);
    const before = await allItems(api, id);
    const retried = await api.postJson(`/api/v1/synthesis/batch/${id}/retry`, {});
    await retried.body?.cancel();
    const second = await endedBatch(api, id);
    const after = await allItems(api, id);

    expect(first).toMatchObject({
      status: "completed-with-errors",
      counts: { total: 60, succeeded: 59, failed: 1 },
    });
    expect(before[47]).toMatchObject({ status: "failed", error: { code: "voice-not-found" } });
    expect(retried.status).toBe(202);
    expect(second).toMatchObject({ status: "completed-with-errors", counts: { succeeded: 59, failed: 1 } });
    expect(after.map(({ attempts }) => attempts)).toEqual(
      before.map((_item, index) => (index === 47 ? 2 : 1)),
    );
  });

  it("is removed with its results, and does not exist for others", async () => {
    const [owner, other] = await Promise.all([apiClient(stack), apiClient(stack)]);
    const { id } = await sendBatch(owner, { items: manyItems(2) });
    await endedBatch(owner, id);
    const [item] = await allItems(owner, id);

    const foreign = await other.get(`/api/v1/synthesis/batch/${id}`);
    const deleted = await owner.delete(`/api/v1/synthesis/batch/${id}`);
    await until(
      async () => (await owner.get(`/api/v1/synthesis/batch/${id}`)).status,
      (status) => status === 404,
    );
    const audio = await fetch(item?.audioUrl ?? "");

    expect(foreign.status).toBe(404);
    expect(deleted.status).toBe(202);
    expect(audio.status).toBe(404);
  });

  it.each([
    ["10,001 items", { items: manyItems(10_001) }, "items"],
    ["no items", { items: [] }, "items"],
    ["an item without text", { items: [{ id: "a" }] }, "items[0].text"],
    [
      "the same id twice",
      {
        items: [
          { id: "a", text: "A" },
          { id: "a", text: "B" },
        ],
      },
      "items[1].id",
    ],
    ["an id that is a path", { items: [{ id: "../../x", text: "A" }] }, "items[0].id"],
    ["two voices in one item", { items: [{ text: "A", voice: "x", voiceId: "y" }] }, "items[0].voice"],
    ["an item without a voice", { items: [{ text: "A" }] }, "items[0].voice"],
    [
      "SSML that names no voice",
      { items: [{ ssml: '<speak version="1.0" xml:lang="en-US">A</speak>' }] },
      "items[0].voice",
    ],
    ["formats that cannot be joined", { items: MIXED, output: { concatenate: true } }, "output.concatenate"],
    ["a mode that is not offered", { items: [{ text: "A" }], mode: "overnight" }, "mode"],
    [
      "a voice that Azure's batch synthesis has not",
      { items: [{ text: "A", voice: "en-US-Ava:DragonHDLatestNeural" }], mode: "azure-batch" },
      "items[0].voice",
    ],
  ])("is refused with %s", async (_name, body, field) => {
    const api = await apiClient(stack);

    const response = await api.postJson("/api/v1/synthesis/batch", body);
    const problem = (await response.json()) as { code: string; errors: { field: string }[] };

    expect([response.status, problem.code]).toEqual([422, "request-invalid"]);
    expect(problem.errors.map((error) => error.field)).toContain(field);
  });
});

function ssmlOf(text: string): string {
  return (
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">` +
    `<voice name="${BATCH_VOICE}">${text}</voice></speak>`
  );
}
