import { describe, expect, inject, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const ENTRIES = "/api/v1/lexicon";

interface Entry {
  readonly id: string;
  readonly grapheme: string;
  readonly etag: string;
}

interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

function user(): Promise<ApiClient> {
  return apiClient({ ...stack, roles: ["Voice.User"] });
}

async function bodyOf<T>(response: Promise<Response>, status: number): Promise<T> {
  const answer = await response;
  const body = (await answer.json()) as T;
  expect({ status: answer.status, body }).toMatchObject({ status });
  return body;
}

function create(api: ApiClient, entry: object): Promise<Entry> {
  return bodyOf<Entry>(api.postJson(ENTRIES, entry), 201);
}

function put(api: ApiClient, { id, etag }: { id: string; etag?: string }, body: object): Promise<Response> {
  return api.send(`${ENTRIES}/${id}`, {
    method: "PUT",
    headers: { "content-type": "application/json", ...(etag !== undefined && { "if-match": etag }) },
    body: JSON.stringify(body),
  });
}

function upload(
  api: ApiClient,
  content: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return api.postForm(`${ENTRIES}/bulk-upload`, { file: new File([content], "lexicon.csv"), ...fields });
}

interface Spoken {
  readonly durationMs: number;
  readonly pronunciations: readonly object[];
  readonly timings: { readonly words: readonly { text: string; offset: number; length: number }[] };
}

function speak(api: ApiClient, request: object): Promise<Spoken> {
  return bodyOf<Spoken>(
    api.postJson("/api/v1/synthesis/speak", request, { accept: "application/json" }),
    200,
  );
}

describe("the lexicon's entries over HTTP", () => {
  it("are created, read, changed with their ETag and deleted", async () => {
    const api = await user();

    const created = await api.postJson(ENTRIES, { grapheme: "SQL", alias: "sequel", locale: "en-US" });
    const entry = (await created.json()) as Entry;
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe(`${ENTRIES}/${entry.id}`);
    expect(created.headers.get("etag")).toBe(`"${entry.etag}"`);
    expect(await bodyOf(api.get(`${ENTRIES}/${entry.id}`), 200)).toEqual(entry);

    const changed = await put(api, { id: entry.id, etag: `"${entry.etag}"` }, { alias: "S Q L" });
    expect(await changed.json()).toMatchObject({ alias: "S Q L", locale: "en-US", lexicon: "default" });
    expect((await put(api, entry, { alias: "late" })).status).toBe(412);

    expect((await api.delete(`${ENTRIES}/${entry.id}`)).status).toBe(204);
    expect((await api.get(`${ENTRIES}/${entry.id}`)).status).toBe(404);
  });

  it("let one of two writers with the same ETag through", async () => {
    const api = await user();
    const entry = await create(api, { grapheme: "SQL", alias: "sequel" });

    const answers = await Promise.all(["a", "b"].map((alias) => put(api, entry, { alias })));

    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["200", "412"]);
  });

  it("refuse the same words twice, and bad fields by name", async () => {
    const api = await user();
    await create(api, { grapheme: "Straße", alias: "x", locale: "de" });

    const twice = await bodyOf<Problem>(
      api.postJson(ENTRIES, { grapheme: "STRASSE", alias: "y", locale: "de" }),
      409,
    );
    const phone = await bodyOf<Problem>(
      api.postJson(ENTRIES, { grapheme: "red", phoneme: "rɛd", locale: "en-US" }),
      422,
    );
    const both = await bodyOf<Problem>(
      api.postJson(ENTRIES, { grapheme: "a", alias: "x", phoneme: "a" }),
      422,
    );

    expect(twice.code).toBe("lexicon-entry-exists");
    expect(phone.errors).toEqual([
      {
        field: "phoneme",
        message: 'has "r" at character 1, which is no phone of the locale; the nearest legal one is "ɹ"',
      },
    ]);
    expect(both.code).toBe("lexicon-entry-invalid");
  });

  it("are listed newest first in pages, by filter, and only to their owner", async () => {
    const api = await user();
    const stranger = await user();
    for (const grapheme of ["one", "two", "three"]) {
      await create(api, { grapheme, alias: `${grapheme} spoken`, lexicon: "numbers" });
    }
    await create(api, { grapheme: "tomato", phoneme: "təˈmeɪtoʊ" });

    const first = await bodyOf<{ items: Entry[]; nextCursor: string }>(
      api.get(`${ENTRIES}?lexicon=numbers&limit=2`),
      200,
    );
    const second = await bodyOf<{ items: Entry[]; nextCursor: null }>(
      api.get(`${ENTRIES}?lexicon=numbers&limit=2&cursor=${first.nextCursor}`),
      200,
    );
    const phonemes = await bodyOf<{ items: Entry[] }>(api.get(`${ENTRIES}/?kind=phoneme`), 200);
    const strange = await bodyOf<{ items: Entry[] }>(stranger.get(ENTRIES), 200);

    expect([...first.items, ...second.items].map(({ grapheme }) => grapheme)).toEqual([
      "three",
      "two",
      "one",
    ]);
    expect(second.nextCursor).toBeNull();
    expect(phonemes.items.map(({ grapheme }) => grapheme)).toEqual(["tomato"]);
    expect(strange.items).toEqual([]);
    expect((await stranger.get(`${ENTRIES}/${first.items[0]?.id ?? ""}`)).status).toBe(404);
  });
});

describe("uploading and exporting over HTTP", () => {
  it("takes a file whole, and what is exported uploads as the same entries", async () => {
    const api = await user();

    const report = await bodyOf(upload(api, "grapheme;alias;locale\nSQL;sequel;en\nmg;milligram;\n"), 200);
    expect(report).toMatchObject({
      revision: 1,
      created: 2,
      failed: 0,
      rows: [{ row: 1, status: "created" }, { row: 2 }],
    });

    for (const format of ["csv", "json", "jsonl", "pls"]) {
      const file = await api.get(`${ENTRIES}/export?format=${format}`);
      expect(file.headers.get("content-disposition")).toBe(`attachment; filename="default.${format}"`);
      const again = await bodyOf(upload(api, await file.text(), { format, mode: "replace" }), 200);
      expect(again).toMatchObject({ skipped: 2, created: 0, updated: 0, deleted: 0, failed: 0 });
    }
  });

  it("stores nothing of a file with one bad row, and a dry run reports it", async () => {
    const api = await user();
    const content = "grapheme,phoneme,locale\ngood,ɡʊd,en-US\nbad,rɛd,en-US\n";

    const refusal = await bodyOf<Problem>(upload(api, content), 422);
    const report = await bodyOf(upload(api, content, { dryRun: "true" }), 200);
    const { items } = await bodyOf<{ items: Entry[] }>(api.get(ENTRIES), 200);

    expect(refusal).toMatchObject({ code: "lexicon-rows-invalid", errors: [{ field: "rows[2].phoneme" }] });
    expect(report).toMatchObject({
      dryRun: true,
      created: 1,
      failed: 1,
      rows: [{}, { row: 2, line: 3, status: "failed" }],
    });
    expect(items).toEqual([]);
  });

  it("takes 50,000 rows at once", async () => {
    const api = await user();
    const rows = Array.from({ length: 50_000 }, (_, index) => `Wörd ${index},alias ${index}`);

    const report = await bodyOf<{ created: number; revision: number }>(
      upload(api, `grapheme,alias\n${rows.join("\n")}`, { lexicon: "large" }),
      200,
    );

    expect(report).toMatchObject({ created: 50_000, revision: 1 });
    const page = await bodyOf<{ items: Entry[] }>(api.get(`${ENTRIES}?lexicon=large&q=49999`), 200);
    expect(page.items.map(({ grapheme }) => grapheme)).toEqual(["Wörd 49999"]);
  });

  it("refuses files that are too large, of no known kind, or dangerous", async () => {
    const api = await user();
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><lexicon>&b;</lexicon>';

    const large = await upload(api, "x".repeat(21 * 1024 * 1024));
    const nameless = await api.postForm(`${ENTRIES}/bulk-upload`, { file: new File(["x"], "lexicon.doc") });
    const dangerous = await upload(api, bomb, { format: "pls" });

    expect(large.status).toBe(413);
    expect(nameless.status).toBe(422);
    expect((await dangerous.json()) as Problem).toMatchObject({ code: "lexicon-file-invalid" });
  });
});

describe("trying a lexicon over HTTP", () => {
  it("shows what would be spoken and what not", async () => {
    const api = await user();
    await create(api, { grapheme: "tomato", phoneme: "təˈmeɪtoʊ", locale: "en-US" });
    await create(api, { grapheme: "SQL", alias: "sequel" });

    const report = await bodyOf(
      api.postJson(`${ENTRIES}/validate`, {
        text: "SQL tomato",
        locale: "en-us",
        voice: "en-US-AvaMultilingualNeural",
      }),
      200,
    );

    expect(report).toMatchObject({
      locale: "en-US",
      matches: [
        { grapheme: "SQL", start: 0, end: 3, replacement: "sequel", applied: true, reason: null },
        { grapheme: "tomato", start: 4, end: 10, applied: true },
      ],
      ssml: expect.stringContaining('<phoneme alphabet="ipa" ph="təˈmeɪtoʊ">tomato</phoneme>'),
      warnings: [],
    });
  });
});

describe("a lexicon in a synthesis", () => {
  const voice = "en-US-AvaMultilingualNeural";

  it("is spoken, explained, and leaves offsets pointing into the text as sent", async () => {
    const api = await user();
    await create(api, { grapheme: "NYT", alias: "New York Times Magazine of Letters" });
    const text = "Read NYT today.";

    const plain = await speak(api, { text, voice, lexicon: [] });
    const spoken = await speak(api, { text, voice });

    expect(spoken.pronunciations).toMatchObject([{ grapheme: "NYT", count: 1, applied: true }]);
    expect(plain.pronunciations).toEqual([]);
    expect(spoken.durationMs).toBeGreaterThan(plain.durationMs + 500);
    expect(
      spoken.timings.words.every(
        ({ text: word, offset, length }) => text.slice(offset, offset + length) === word,
      ),
    ).toBe(true);
    expect(spoken.timings.words.map(({ text: word }) => word)).toContain("NYT");
  });

  it("speaks phones that the voice knows", async () => {
    const api = await user();
    await create(api, { grapheme: "cat", phoneme: "ɛləˈfænt ɛləˈfænt", locale: "en-US" });

    const plain = await speak(api, { text: "cat", voice, lexicon: [] });
    const spoken = await speak(api, { text: "cat", voice });

    expect(spoken.durationMs).toBeGreaterThan(plain.durationMs + 300);
  });

  it("is refused when it is named and not there", async () => {
    const api = await user();

    const answer = await api.postJson("/api/v1/synthesis/speak", { text: "a", voice, lexicon: ["nobody"] });

    expect(answer.status).toBe(404);
  });
});

describe("every route of the lexicon", () => {
  const routes: readonly (readonly [string, string])[] = [
    ["POST", ENTRIES],
    ["GET", ENTRIES],
    ["GET", `${ENTRIES}/lex_1`],
    ["PUT", `${ENTRIES}/lex_1`],
    ["DELETE", `${ENTRIES}/lex_1`],
    ["POST", `${ENTRIES}/bulk-upload`],
    ["GET", `${ENTRIES}/export`],
    ["POST", `${ENTRIES}/validate`],
    ["POST", `${ENTRIES}/suggest`],
  ];

  it.each(routes)("%s %s needs a token and a role", async (method, path) => {
    const auditor = await apiClient({ ...stack, roles: ["Voice.Auditor"] });

    expect((await fetch(`${stack.baseUrl}${path}`, { method })).status).toBe(401);
    expect((await auditor.send(path, { method })).status).toBe(403);
  });

  it.each(routes.filter(([method]) => method !== "GET" && method !== "DELETE"))(
    "%s %s refuses a body that is no JSON or form",
    async (method, path) => {
      const api = await user();
      const headers = {
        "content-type": path.endsWith("bulk-upload") ? "multipart/form-data; boundary=x" : "application/json",
      };

      expect((await api.send(path, { method, headers, body: "{oops" })).status).toBe(400);
    },
  );

  it("lets a reader read and not write", async () => {
    const reader = await apiClient({ ...stack, roles: ["Voice.Reader"] });

    expect((await reader.get(ENTRIES)).status).toBe(200);
    expect((await reader.postJson(ENTRIES, { grapheme: "a", alias: "b" })).status).toBe(403);
  });
});
