import { beforeAll, describe, expect, it } from "vitest";
import { acceptanceClient } from "../support/acceptance-client.ts";
import type { ApiClient } from "../support/api-client.ts";

const HISTORY = "/api/v1/synthesis/history";

let api: ApiClient;

beforeAll(async () => {
  api = await acceptanceClient();
});

describe("the history", () => {
  it("keeps what was spoken, with its audio, until it is deleted", async () => {
    const body = { text: "This goes into the history.", voice: "en-US-AvaMultilingualNeural", format: "wav" };
    const response = await api.postJson("/api/v1/synthesis/speak", body);
    const spoken = Buffer.from(await response.arrayBuffer());
    const path = `${HISTORY}/${response.headers.get("x-synthesis-id")}`;

    const entry = await api.get(path);
    const page = (await (await api.get(`${HISTORY}?limit=10`)).json()) as { items: { id: string }[] };
    const audio = await api.get(`${path}/audio`);
    const kept = Buffer.from(await audio.arrayBuffer());
    const deleted = await api.delete(path);
    const [gone, silent] = await Promise.all([api.get(path), api.get(`${path}/audio`)]);

    expect(await entry.json()).toMatchObject({ preview: body.text, sizeBytes: spoken.length });
    expect(page.items.map(({ id }) => `${HISTORY}/${id}`)).toContain(path);
    expect(audio.headers.get("content-type")).toBe("audio/wav");
    expect(kept.equals(spoken)).toBe(true);
    expect([deleted.status, gone.status, silent.status]).toEqual([204, 404, 404]);
  });

  it("knows nothing of a synthesis that never was", async () => {
    const response = await api.get(`${HISTORY}/syn_nobody`);

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: expect.any(String) });
  });
});
