import { beforeAll, describe, expect, it } from "vitest";

import type {
  DocumentCollection,
  DocumentQuery,
  DocumentFilter,
} from "../../../src/application/ports/documents.ts";
import {
  type DocumentStoreUnderTest,
  idsOfAllPages,
  newDefinition,
  note,
  type Note,
} from "./document-store-under-test.ts";

/** Lists, filters, orders, pages. */
export function documentQueriesContract(open: () => Promise<DocumentStoreUnderTest>): void {
  let store: DocumentStoreUnderTest;
  const create = async (): Promise<DocumentCollection<Note>> => store.collection(newDefinition());

  beforeAll(async () => {
    store = await open();
  });

  describe("querying", () => {
    it("lists the newest first and breaks ties by id, without an order named", async () => {
      const notes = await create();
      const hours = { a: "10", b: "12", c: "11", d: "12" };
      for (const [id, hour] of Object.entries(hours)) {
        await notes.create(note(id, { createdAt: `2026-03-01T${hour}:00:00.000Z` }));
      }

      const page = await notes.query({ partition: "ada", limit: 10 });

      expect(page.items.map(({ id }) => id)).toEqual(["d", "b", "c", "a"]);
      expect(page.nextCursor).toBeNull();
      expect(page.items[0]).toEqual({
        ...note("d", { createdAt: "2026-03-01T12:00:00.000Z" }),
        etag: expect.any(String),
      });
    });

    it("never shows a document of another partition", async () => {
      const notes = await create();
      await notes.create(note("a"));
      await notes.create(note("b", { partition: "grace" }));

      expect(await idsOfAllPages(notes, { partition: "ada", limit: 10 })).toEqual(["a"]);
      expect(await notes.count({ partition: "grace", equals: { rank: 0 } })).toBe(1);
      expect(await idsOfAllPages(notes, { partition: "", limit: 10 })).toEqual([]);
    });

    it("reads every partition when none is named, page by page", async () => {
      const notes = await create();
      for (const partition of ["ada", "grace", "edsger"]) {
        await notes.create(note("same", { partition }));
        await notes.create(note(`of-${partition}`, { partition }));
      }

      const ids = await idsOfAllPages(notes, { limit: 1 });

      expect(ids.toSorted()).toEqual(["of-ada", "of-edsger", "of-grace", "same", "same", "same"]);
      expect(await notes.count({})).toBe(6);
    });

    it.each<{ what: string; filter: DocumentFilter; ids: string[] }>([
      { what: "texts that are equal", filter: { equals: { title: "Beta" } }, ids: ["b"] },
      { what: "numbers that are equal", filter: { equals: { rank: 3 } }, ids: ["c"] },
      { what: "null, which a missing field is not", filter: { equals: { label: null } }, ids: ["b"] },
      { what: "what has no such field", filter: { missing: ["label"] }, ids: ["a"] },
      { what: "nothing for a number given as text", filter: { equals: { rank: "3" } }, ids: [] },
      { what: "any of several values", filter: { anyOf: { title: ["Alpha", "Gamma"] } }, ids: ["a", "c"] },
      { what: "nothing for any of no values", filter: { anyOf: { title: [] } }, ids: [] },
      { what: "a range of numbers", filter: { range: { rank: { from: 1, to: 3 } } }, ids: ["a", "b"] },
      { what: "an open range", filter: { range: { rank: { from: 2 } } }, ids: ["b", "c", "d"] },
      { what: "a range of texts", filter: { range: { title: { from: "Alpha", to: "Beta" } } }, ids: ["a"] },
      {
        what: "text inside a field, whatever its case",
        filter: { text: { fields: ["title", "label"], contains: "ALPH" } },
        ids: ["a", "d"],
      },
      { what: "a text inside an object", filter: { members: { tags: { team: "docs" } } }, ids: ["a", "b"] },
      {
        what: "several texts inside an object",
        filter: { members: { tags: { team: "docs", 'it\'s "\\odd" ünd $1': "1:2" } } },
        ids: ["b"],
      },
      {
        what: "nothing for a name that is not there",
        filter: { members: { tags: { constructor: "" } } },
        ids: [],
      },
      { what: "nothing inside what is no object", filter: { members: { title: { length: "5" } } }, ids: [] },
      {
        what: "all conditions together",
        filter: {
          anyOf: { rank: [1, 2, 3] },
          text: { fields: ["title"], contains: "a" },
          range: { rank: { to: 3 } },
        },
        ids: ["a", "b"],
      },
      {
        what: "signs of the query language literally",
        filter: { text: { fields: ["title"], contains: "100%_'\\\"" } },
        ids: ["d"],
      },
    ])("finds $what", async ({ filter, ids }) => {
      const notes = await create();
      await notes.create(note("a", { title: "Alpha", rank: 1, tags: { team: "docs" } }));
      const tags = { team: "docs", 'it\'s "\\odd" ünd $1': "1:2" };
      await notes.create(note("b", { title: "Beta", rank: 2, label: null, tags }));
      await notes.create(note("c", { title: "Gamma", rank: 3, label: "x", tags: { team: "Docs" } }));
      await notes.create(note("d", { title: "100%_'\\\"", rank: 4, label: "alphabet" }));

      const found = await idsOfAllPages(notes, { partition: "ada", limit: 100, ...filter });

      expect(found.toSorted()).toEqual(ids);
      expect(await notes.count({ partition: "ada", ...filter })).toBe(ids.length);
    });

    it("orders by text or number in both directions", async () => {
      const notes = await create();
      await notes.create(note("a", { title: "b", rank: 10 }));
      await notes.create(note("b", { title: "c", rank: 9 }));
      await notes.create(note("c", { title: "a", rank: 100 }));
      const ordered = async (field: string, direction: "ascending" | "descending"): Promise<string[]> =>
        idsOfAllPages(notes, { partition: "ada", orderBy: { field, direction }, limit: 2 });

      expect(await ordered("rank", "ascending")).toEqual(["b", "a", "c"]);
      expect(await ordered("rank", "descending")).toEqual(["c", "a", "b"]);
      expect(await ordered("title", "ascending")).toEqual(["c", "a", "b"]);
    });

    it("is not made for an order that the definition does not name", async () => {
      const notes = await create();
      await notes.create(note("a"));

      const attempt = notes.query({
        partition: "ada",
        orderBy: { field: "label", direction: "ascending" },
        limit: 10,
      });

      await expect(attempt).rejects.toThrow("label");
    });

    it("pages through ties without losing or repeating one", async () => {
      const notes = await create();
      const ids = Array.from({ length: 25 }, (_, index) => `n${String(index).padStart(2, "0")}`);
      for (const [index, id] of ids.entries()) {
        await notes.create(note(id, { rank: index % 3 }));
      }

      const paged = await idsOfAllPages(notes, {
        partition: "ada",
        orderBy: { field: "rank", direction: "descending" },
        limit: 4,
      });

      const expected = ids.toSorted(
        (a, b) => (Number(b.slice(1)) % 3) - (Number(a.slice(1)) % 3) || (a < b ? 1 : -1),
      );
      expect(paged).toEqual(expected);
    });

    it("goes on behind the last page although documents came and went since", async () => {
      const notes = await create();
      for (const [index, id] of ["a", "b", "c", "d"].entries()) {
        await notes.create(note(id, { rank: index }));
      }
      const query: DocumentQuery = {
        partition: "ada",
        orderBy: { field: "rank", direction: "ascending" },
        limit: 2,
      };
      const first = await notes.query(query);

      await notes.delete("ada", "b");
      await notes.create(note("e", { rank: -1 }));

      const second = await notes.query({ ...query, cursor: first.nextCursor ?? "" });
      expect(first.items.map(({ id }) => id)).toEqual(["a", "b"]);
      expect(second.items.map(({ id }) => id)).toEqual(["c", "d"]);
      expect(second.nextCursor).toBeNull();
    });

    it("fills a page of large documents up to its limit", async () => {
      const notes = await create();
      const lines = ["x".repeat(1_000_000)];
      for (let index = 0; index < 6; index += 1) {
        await notes.create(note(`n${index}`, { nested: { lines } }));
      }

      const page = await notes.query({ partition: "ada", limit: 6 });

      expect(page.items.map(({ id }) => id)).toEqual(["n5", "n4", "n3", "n2", "n1", "n0"]);
      expect(page.nextCursor).toBeNull();
    });

    it.each(["nonsense", "", "bnVsbA", "W10"])("refuses the cursor %j", async (cursor) => {
      const notes = await create();

      const attempt = notes.query({ partition: "ada", limit: 1, cursor });

      await expect(attempt).rejects.toMatchObject({ code: "cursor-invalid" });
    });

    it("refuses the cursor of another query, and accepts it with another limit", async () => {
      const notes = await create();
      await notes.create(note("a"));
      await notes.create(note("b"));
      const { nextCursor } = await notes.query({ partition: "ada", limit: 1 });
      const cursor = nextCursor ?? "";

      await expect(notes.query({ partition: "grace", limit: 1, cursor })).rejects.toMatchObject({
        code: "cursor-invalid",
      });
      await expect(
        notes.query({ partition: "ada", equals: { rank: 0 }, limit: 1, cursor }),
      ).rejects.toMatchObject({ code: "cursor-invalid" });
      expect((await notes.query({ partition: "ada", limit: 5, cursor })).items).toHaveLength(1);
    });

    it("ends at once when the caller has given up", async () => {
      const notes = await create();
      const gaveUp = AbortSignal.abort(new Error("gave up"));

      await expect(notes.query({ partition: "ada", limit: 1 }, gaveUp)).rejects.toThrow("gave up");
      await expect(notes.read("ada", "a", gaveUp)).rejects.toThrow("gave up");
    });
  });
}
