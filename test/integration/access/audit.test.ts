import { createHash } from "node:crypto";
import { describe, expect, inject, it } from "vitest";
import { objectIdOf } from "../../../local/entra/registration.ts";
import { type ApiClient, apiClient } from "../../support/api-client.ts";
import { jsonOf } from "../../support/json-of.ts";
import { until } from "../../support/until.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };

interface Entry {
  readonly operation: string;
  readonly status: number;
  readonly changes: readonly { readonly id: string }[];
}

/** What the trail has of somebody, the oldest first, once it has so many entries. */
async function entriesOf(name: string, count: number, filter = ""): Promise<readonly Entry[]> {
  const auditor = await apiClient({ ...stack, roles: ["Voice.Auditor"] });
  const page = await until(
    async () => {
      const response = await auditor.get(`/api/v1/audit?principalId=${objectIdOf(name)}${filter}`);
      return jsonOf<{ readonly items: readonly Entry[] }>(response);
    },
    ({ items }) => items.length >= count,
  );
  return page.items.toReversed();
}

async function writeAndBeRefused(api: ApiClient): Promise<void> {
  const made = await api.postJson("/api/v1/lexicon", { grapheme: "Siobhan", alias: "Shivawn" });
  const { id } = (await made.json()) as { id: string };
  const read = await api.get(`/api/v1/lexicon/${id}`);
  const refused = await api.delete("/api/v1/voices/voice_01J9ZQ3M8K6T4R2W0V5XNBHC7D");
  await Promise.all([read, refused].map(async (response) => response.body?.cancel()));
}

describe("the audit trail", () => {
  it("has who wrote what and when, with hashes before and after, for what was done and for what was refused", async () => {
    const name = `audited-${process.pid}`;
    await writeAndBeRefused(await apiClient({ ...stack, name, roles: ["Voice.User"] }));

    const kept = await entriesOf(name, 2);

    expect(kept).toMatchObject([
      { operation: "createLexiconEntry", status: 201, code: null, requestId: expect.stringMatching(/^req_/) },
      { operation: "deleteVoice", status: 403, code: "permission-denied", changes: [] },
    ]);
    expect(kept[0]?.changes[0]).toMatchObject({
      before: null,
      after: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("is filtered by what was done, and by what it was done to", async () => {
    const name = `filtered-${process.pid}`;
    await writeAndBeRefused(await apiClient({ ...stack, name, roles: ["Voice.User"] }));
    const [made] = await entriesOf(name, 2);

    const byOperation = await entriesOf(name, 1, "&operation=deleteVoice");
    const byResource = await entriesOf(name, 1, `&resourceId=${made?.changes[0]?.id}`);

    expect(byOperation.map(({ operation }) => operation)).toEqual(["deleteVoice"]);
    expect(byResource.map(({ operation }) => operation)).toEqual(["createLexiconEntry"]);
  });

  it("tells all of the life of a lexicon entry by the entry's id", async () => {
    const name = `entry-${process.pid}`;
    const api = await apiClient({ ...stack, name, roles: ["Voice.User"] });
    const made = await api.postJson("/api/v1/lexicon", { grapheme: "Aoife", alias: "Eefa" });
    const { id } = (await made.json()) as { id: string };
    const changed = await api.send(`/api/v1/lexicon/${id}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ alias: "Eefah" }),
    });
    await changed.body?.cancel();
    await api.delete(`/api/v1/lexicon/${id}`);

    const kept = await entriesOf(name, 3, `&resourceId=${id}`);

    expect(kept.map(({ operation, status }) => [operation, status])).toEqual([
      ["createLexiconEntry", 201],
      ["updateLexiconEntry", 200],
      ["deleteLexiconEntry", 204],
    ]);
  });

  it("has one entry for an upload of many lexicon entries, with file hash, counts and revisions", async () => {
    const name = `uploader-${process.pid}`;
    const api = await apiClient({ ...stack, name, roles: ["Voice.User"] });
    const file = `grapheme,alias\n${Array.from({ length: 300 }, (_, index) => `word ${index},alias`).join("\n")}`;
    const uploaded = await api.postForm("/api/v1/lexicon/bulk-upload", {
      file: new File([file], "names.csv"),
    });
    await uploaded.body?.cancel();

    const kept = await entriesOf(name, 1, "&resourceId=head:default");

    expect(kept).toMatchObject([
      {
        operation: "bulkUploadLexicon",
        status: 200,
        changes: expect.arrayContaining([expect.objectContaining({ id: "head:default", before: null })]),
        details: {
          lexicon: "default",
          mode: "upsert",
          fileSha256: createHash("sha256").update(file).digest("hex"),
          previousRevision: 0,
          revision: 1,
          created: 300,
        },
      },
    ]);
  });

  it("is not written by those who read it", async () => {
    const name = `auditor-${process.pid}`;
    const auditor = await apiClient({ ...stack, name, roles: ["Voice.Admin"] });
    const read = await auditor.get("/api/v1/audit?limit=1");
    await read.body?.cancel();
    const written = await auditor.postJson("/api/v1/lexicon", { grapheme: "Niamh", alias: "Neev" });
    await written.body?.cancel();

    expect((await entriesOf(name, 1)).map(({ operation }) => operation)).toEqual(["createLexiconEntry"]);
  });

  it.each(["from=yesterday", "limit=0", "limit=101", "cursor=nothing", "resourceId=a%20b"])(
    "refuses %s",
    async (query) => {
      const auditor = await apiClient({ ...stack, roles: ["Voice.Auditor"] });

      const response = await auditor.get(`/api/v1/audit?${query}`);
      await response.body?.cancel();

      expect([400, 422]).toContain(response.status);
    },
  );
});
