import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { acceptanceClient } from "../support/acceptance-client.ts";
import type { ApiClient } from "../support/api-client.ts";

const ENTRIES = "/api/v1/lexicon";

let api: ApiClient;

beforeAll(async () => {
  api = await acceptanceClient();
});

interface Spoken {
  readonly durationMs: number;
  readonly pronunciations: readonly object[];
}

async function speakWith(lexicon: readonly string[]): Promise<Spoken> {
  const body = { text: "Read NYT today.", voice: "en-US-AvaMultilingualNeural", lexicon, store: false };
  const response = await api.postJson("/api/v1/synthesis/speak", body, { accept: "application/json" });
  expect(response.status).toBe(200);
  return (await response.json()) as Spoken;
}

describe("a lexicon entry", () => {
  it("is spoken from its creation to its deletion", async () => {
    const lexicon = `acceptance-${randomUUID()}`;
    const entry = { lexicon, grapheme: "NYT", alias: "New York Times Magazine of Letters" };

    const created = await api.postJson(ENTRIES, entry);
    const { id } = (await created.json()) as { id: string };
    const twice = await api.postJson(ENTRIES, entry);
    const plain = await speakWith([]);
    const spoken = await speakWith([lexicon]);
    const deleted = await api.delete(`${ENTRIES}/${id}`);
    const gone = await api.get(`${ENTRIES}/${id}`);
    const after = await speakWith([lexicon]);

    expect(created.status).toBe(201);
    expect(twice.status).toBe(409);
    expect(spoken.pronunciations).toMatchObject([{ grapheme: "NYT", count: 1, applied: true }]);
    expect(spoken.durationMs).toBeGreaterThan(plain.durationMs + 500);
    expect([deleted.status, gone.status]).toEqual([204, 404]);
    expect([plain.pronunciations, after.pronunciations]).toEqual([[], []]);
  });
});

describe("a lexicon file", () => {
  it("is taken whole, listed, exported and replaced", async () => {
    const lexicon = `acceptance-${randomUUID()}`;
    const upload = async (content: string, fields: Readonly<Record<string, string>> = {}) => {
      const file = new File([content], "lexicon.csv");
      const response = await api.postForm(`${ENTRIES}/bulk-upload`, { file, lexicon, ...fields });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const idsOfAll = async (): Promise<readonly string[]> => {
      const response = await api.get(`${ENTRIES}?lexicon=${lexicon}`);
      return ((await response.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
    };

    const first = await upload("grapheme,alias\nmg,milligram\nSQL,sequel\n");
    const wrong = await upload("grapheme,alias\nkg,kilogram\nmm,\n");
    const exported = await (await api.get(`${ENTRIES}/export?lexicon=${lexicon}&format=csv`)).text();
    const same = await upload(exported, { mode: "replace" });
    const empty = await upload("grapheme,alias\n", { mode: "replace" });
    const ids = await idsOfAll();
    await Promise.all(ids.map((id) => api.delete(`${ENTRIES}/${id}`)));

    expect(first).toMatchObject({ status: 200, body: { lexicon, created: 2 } });
    expect(wrong).toMatchObject({ status: 422, body: { code: "lexicon-rows-invalid" } });
    expect(same).toMatchObject({ status: 200, body: { skipped: 2, created: 0, deleted: 0 } });
    expect(empty).toMatchObject({ status: 422, body: { code: "lexicon-file-empty" } });
    expect(ids).toHaveLength(2);
    expect(await idsOfAll()).toEqual([]);
  });
});
