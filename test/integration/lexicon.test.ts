import { describe, expect, inject, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { bodyOf, ENTRIES, type Entry, lexiconUser, type Problem } from "../support/lexicon/lexicon-api.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
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
    const api = await lexiconUser();

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
    const api = await lexiconUser();
    const entry = await create(api, { grapheme: "SQL", alias: "sequel" });

    const answers = await Promise.all(["a", "b"].map((alias) => put(api, entry, { alias })));

    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["200", "412"]);
  });

  it("refuse the same words twice, and bad fields by name", async () => {
    const api = await lexiconUser();
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
    const api = await lexiconUser();
    const stranger = await lexiconUser();
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

  it("are found by text, also by its other name q, and a mistyped filter is refused by name", async () => {
    const api = await lexiconUser();
    await create(api, { grapheme: "Siobhan", alias: "Shivawn" });
    await create(api, { grapheme: "SQL", alias: "sequel" });

    for (const query of ["text=shiv", "q=SHIV"]) {
      const found = await bodyOf<{ items: Entry[] }>(api.get(`${ENTRIES}?${query}`), 200);
      expect(found.items).toMatchObject([{ grapheme: "Siobhan" }]);
    }
    const both = await bodyOf<Problem>(api.get(`${ENTRIES}?text=a&q=b`), 422);
    const mistyped = await bodyOf<Problem>(api.get(`${ENTRIES}?txt=shiv`), 400);

    expect(both).toMatchObject({ errors: [{ field: "q" }] });
    expect(mistyped).toMatchObject({ code: "query-parameter-unknown", errors: [{ field: "txt" }] });
    expect(JSON.stringify(mistyped)).toContain("limit, cursor, ownerId, lexicon, locale, kind, text, q");
  });
});

describe("trying a lexicon over HTTP", () => {
  it("shows what would be spoken and what not", async () => {
    const api = await lexiconUser();
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
    const api = await lexiconUser();
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
    const api = await lexiconUser();
    await create(api, { grapheme: "cat", phoneme: "ɛləˈfænt ɛləˈfænt", locale: "en-US" });

    const plain = await speak(api, { text: "cat", voice, lexicon: [] });
    const spoken = await speak(api, { text: "cat", voice });

    expect(spoken.durationMs).toBeGreaterThan(plain.durationMs + 300);
  });

  it("is refused when it is named and not there", async () => {
    const api = await lexiconUser();

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
      const api = await lexiconUser();
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
