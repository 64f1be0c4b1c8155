import { describe, expect, it } from "vitest";
import { principalWith } from "../../../support/principals.ts";
import { lexiconWorld } from "../../../support/lexicon/lexicon-world.ts";

describe("a lexicon entry", () => {
  it("can be read back by its owner and by nobody else", async () => {
    const { create, useCases, user } = lexiconWorld();
    const entry = await create({ grapheme: "SQL", alias: "sequel" });

    expect(await useCases.getEntry(user, entry.id)).toEqual(entry);
    await expect(useCases.getEntry(principalWith(["Voice.User"], "user-2"), entry.id)).rejects.toMatchObject({
      code: "lexicon-entry-not-found",
    });
  });

  it("is refused with every wrong field named", async () => {
    const { create } = lexiconWorld();

    await expect(create({ grapheme: " ", alias: "x", locale: "xx-YY" })).rejects.toMatchObject({
      code: "lexicon-entry-invalid",
      errors: [{ field: "grapheme" }, { field: "locale" }],
    });
  });

  it("is unique by lexicon, locale, grapheme and case", async () => {
    const { create } = lexiconWorld();
    const first = await create({ grapheme: "SQL", alias: "sequel" });

    await expect(create({ grapheme: "sql", alias: "other" })).rejects.toMatchObject({
      code: "lexicon-entry-exists",
      details: { entryId: first.id },
    });
    await expect(create({ grapheme: "sql", alias: "x" }, "medical")).resolves.toBeDefined();
    await expect(create({ grapheme: "sql", alias: "x", locale: "en" })).resolves.toBeDefined();
    await expect(create({ grapheme: "SQL", alias: "x", caseSensitive: true })).resolves.toBeDefined();
  });

  it("keeps what an update leaves out, and an alias replaces phonemes", async () => {
    const { create, useCases, user, clock } = lexiconWorld();
    const entry = await create({ grapheme: "tomato", phoneme: "təˈmeɪtoʊ", notes: "fruit", locale: "en-US" });
    clock.advance(60);

    const updated = await useCases.updateEntry(user, {
      entryId: entry.id,
      changes: { alias: "to may to" },
      ifMatch: "1",
    });

    expect(updated).toEqual({
      ...entry,
      pronunciation: { kind: "alias", alias: "to may to" },
      version: 2,
      updatedAt: "2026-03-01T12:01:00.000Z",
    });
  });

  it("keeps its alphabet when its phonemes change", async () => {
    const { create, useCases, user } = lexiconWorld();
    const { id } = await create({ grapheme: "tomato", phoneme: 't@"meItoU', alphabet: "x-sampa" });

    const updated = await useCases.updateEntry(user, {
      entryId: id,
      changes: { phoneme: 't@"mA:toU' },
      ifMatch: undefined,
    });

    expect(updated.pronunciation).toEqual({ kind: "phoneme", phoneme: 't@"mA:toU', alphabet: "x-sampa" });
  });

  it("may take a new grapheme, unless another entry has it", async () => {
    const { create, useCases, user } = lexiconWorld();
    const entry = await create({ grapheme: "a", alias: "x" });
    await create({ grapheme: "b", alias: "x" });

    const renamed = useCases.updateEntry(user, {
      entryId: entry.id,
      changes: { grapheme: "A" },
      ifMatch: undefined,
    });
    await expect(renamed).resolves.toMatchObject({ id: entry.id, grapheme: "A" });
    const taken = useCases.updateEntry(user, {
      entryId: entry.id,
      changes: { grapheme: "B" },
      ifMatch: undefined,
    });
    await expect(taken).rejects.toMatchObject({ code: "lexicon-entry-exists" });
  });

  it("lets exactly one of two writers with the same ETag through, also from two processes", async () => {
    const { create, useCases, otherProcess, user } = lexiconWorld();
    const { id: entryId } = await create({ grapheme: "a", alias: "x" });
    const request = { entryId, changes: { alias: "y" }, ifMatch: "1" };

    const outcomes = await Promise.allSettled([
      useCases.updateEntry(user, request),
      otherProcess.updateEntry(user, request),
    ]);

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "precondition-failed" },
    });
  });

  it("is gone after it was deleted, and a stale ETag does not delete it", async () => {
    const { create, useCases, user } = lexiconWorld();
    const { id } = await create({ grapheme: "a", alias: "x" });

    await expect(useCases.deleteEntry(user, id, "7")).rejects.toMatchObject({ code: "precondition-failed" });
    await useCases.deleteEntry(user, id, "1");

    await expect(useCases.getEntry(user, id)).rejects.toMatchObject({ code: "lexicon-entry-not-found" });
  });

  it("is not lost when many are created at once in two processes", async () => {
    const { useCases, otherProcess, user, graphemes } = lexiconWorld();

    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 === 0 ? useCases : otherProcess).createEntry(user, "default", {
          grapheme: `word ${index}`,
          alias: "x",
        }),
      ),
    );

    expect(await graphemes()).toHaveLength(12);
  });

  it("is not found by a process that another one has deleted it in", async () => {
    const { create, useCases, otherProcess, user } = lexiconWorld();
    const { id } = await create({ grapheme: "a", alias: "x" });
    await otherProcess.getEntry(user, id);

    await useCases.deleteEntry(user, id, undefined);

    await expect(otherProcess.getEntry(user, id)).rejects.toMatchObject({ code: "lexicon-entry-not-found" });
  });
});

describe("a list of lexicon entries", () => {
  it("is newest first, in pages that neither repeat nor miss an entry while others come in", async () => {
    const { create, useCases, user, clock } = lexiconWorld();
    for (const grapheme of ["a", "b", "c", "d", "e"]) {
      await create({ grapheme, alias: "x" });
      clock.advance(1);
    }

    const first = await useCases.listEntries(user, { limit: 2 });
    await create({ grapheme: "late", alias: "x" });
    const second = await useCases.listEntries(user, { limit: 2, cursor: first.nextCursor ?? "" });
    const third = await useCases.listEntries(user, { limit: 2, cursor: second.nextCursor ?? "" });

    const pages = [first, second, third].map(({ items }) => items.map(({ grapheme }) => grapheme).join(""));
    expect(pages).toEqual(["ed", "cb", "a"]);
    expect(third.nextCursor).toBeNull();
  });

  it("may be of one lexicon, locale, kind or text", async () => {
    const { create, useCases, user } = lexiconWorld();
    await create({ grapheme: "SQL", alias: "sequel", locale: "en-US" });
    await create({ grapheme: "tomato", phoneme: "təˈmeɪtoʊ", notes: "Fruit" });
    await create({ grapheme: "mg", alias: "milligram" }, "medical");
    const found = async (query: object) =>
      (await useCases.listEntries(user, { limit: 10, ...query })).items.map(({ grapheme }) => grapheme);

    expect(await found({ lexicon: "medical" })).toEqual(["mg"]);
    expect(await found({ lexicon: "nobody" })).toEqual([]);
    expect(await found({ locale: "en-us" })).toEqual(["SQL"]);
    expect(await found({ kind: "phoneme" })).toEqual(["tomato"]);
    expect(await found({ q: "fruit" })).toEqual(["tomato"]);
    expect(await found({ q: "GRAM" })).toEqual(["mg"]);
  });

  it("refuses a cursor of somebody else's making", async () => {
    const { useCases, user } = lexiconWorld();

    await expect(useCases.listEntries(user, { limit: 1, cursor: "bm9uc2Vuc2U" })).rejects.toMatchObject({
      code: "cursor-invalid",
    });
  });
});
