import { beforeAll, describe, expect, it } from "vitest";

import { type DocumentCollection, DocumentConflict } from "../../../src/application/ports/documents.ts";
import {
  type DocumentStoreUnderTest,
  idsOfAllPages,
  newDefinition,
  note,
  type Note,
} from "./document-store-under-test.ts";

/** Several changes at once. */
export function documentBatchesContract(open: () => Promise<DocumentStoreUnderTest>): void {
  let store: DocumentStoreUnderTest;
  const create = async (): Promise<DocumentCollection<Note>> => store.collection(newDefinition());

  beforeAll(async () => {
    store = await open();
  });

  describe("applying several changes", () => {
    it("makes all of them, in order", async () => {
      const notes = await create();
      const { etag } = await notes.create(note("a"));
      await notes.create(note("b"));

      await notes.applyAll("ada", [
        { kind: "replace", document: note("a", { title: "replaced" }), etag },
        { kind: "delete", id: "b" },
        { kind: "create", document: note("c") },
        { kind: "upsert", document: note("c", { title: "upserted" }) },
        { kind: "delete", id: "never-was" },
      ]);

      const { items } = await notes.query({
        partition: "ada",
        orderBy: { field: "title", direction: "ascending" },
        limit: 10,
      });
      expect(items.map(({ id, title }) => [id, title])).toEqual([
        ["a", "replaced"],
        ["c", "upserted"],
      ]);
    });

    it("deletes what is there among many that are not", async () => {
      const notes = await create();
      await notes.create(note("id-42"));

      await notes.applyAll("ada", [
        ...Array.from({ length: 98 }, (_, index) => ({ kind: "delete", id: `id-${index}` }) as const),
        { kind: "create", document: note("new") },
      ]);

      const { items } = await notes.query({ partition: "ada", limit: 10 });
      expect(items.map(({ id }) => id)).toEqual(["new"]);
    });

    it("makes none of them when one id is taken", async () => {
      const notes = await create();
      await notes.create(note("b"));

      const attempt = notes.applyAll("ada", [
        { kind: "create", document: note("a") },
        { kind: "create", document: note("b") },
      ]);

      await expect(attempt).rejects.toBeInstanceOf(DocumentConflict);
      expect(await notes.read("ada", "a")).toBeUndefined();
    });

    it("makes none of them when one ETag is old or its document is gone", async () => {
      const notes = await create();
      const { etag } = await notes.create(note("b"));
      await notes.upsert(note("b", { title: "newer" }));
      const replacing = async (id: string): Promise<void> =>
        notes.applyAll("ada", [
          { kind: "create", document: note("a") },
          { kind: "replace", document: note(id), etag },
        ]);

      await expect(replacing("b")).rejects.toMatchObject({ code: "precondition-failed" });
      await expect(replacing("never-was")).rejects.toMatchObject({ code: "precondition-failed" });
      expect(await notes.read("ada", "a")).toBeUndefined();
      expect(await notes.read("ada", "b")).toMatchObject({ title: "newer" });
    });

    it("gives single documents their time to live", async () => {
      const notes = await create();
      await notes.applyAll("ada", [
        { kind: "create", document: note("a"), timeToLiveSeconds: 60 },
        { kind: "create", document: note("b") },
      ]);

      store.advance(61);

      expect(await idsOfAllPages(notes, { partition: "ada", limit: 10 })).toEqual(["b"]);
    });

    it("takes a hundred changes and refuses more", async () => {
      const notes = await create();
      const changes = Array.from({ length: 101 }, (_, index) => ({
        kind: "create" as const,
        document: note(`n${index}`),
      }));

      await expect(notes.applyAll("ada", changes)).rejects.toBeInstanceOf(RangeError);
      await notes.applyAll("ada", changes.slice(1));

      expect(await notes.count({ partition: "ada" })).toBe(100);
    });

    it("refuses a document of another partition", async () => {
      const notes = await create();

      const attempt = notes.applyAll("ada", [
        { kind: "create", document: note("a", { partition: "grace" }) },
      ]);

      await expect(attempt).rejects.toBeInstanceOf(RangeError);
      expect(await notes.count({})).toBe(0);
    });

    it("has nothing to do without changes", async () => {
      const notes = await create();

      await expect(notes.applyAll("ada", [])).resolves.toBeUndefined();
    });
  });
}
