import { beforeAll, describe, expect, it } from "vitest";

import { type DocumentCollection, DocumentConflict } from "../../../src/application/ports/documents.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import {
  type DocumentStoreUnderTest,
  idsOfAllPages,
  newDefinition,
  note,
  type Note,
} from "./document-store-under-test.ts";

/** Reading and writing one document, and its end. */
export function documentWritesContract(open: () => Promise<DocumentStoreUnderTest>): void {
  let store: DocumentStoreUnderTest;
  const create = async (): Promise<DocumentCollection<Note>> => store.collection(newDefinition());

  beforeAll(async () => {
    store = await open();
  });

  describe("reading and writing one document", () => {
    it("reads back exactly what was created, with an ETag", async () => {
      const notes = await create();
      const document = note("a", { label: null, nested: { lines: ["Zwölf Boxkämpfer 🎙", ""] } });

      const created = await notes.create(document);

      expect(created).toEqual({ ...document, etag: expect.stringMatching(/^[^"]+$/) });
      expect(await notes.read("ada", "a")).toEqual(created);
    });

    it("reads nothing under an id or a partition that is not there", async () => {
      const notes = await create();
      await notes.create(note("a"));

      expect(await notes.read("ada", "b")).toBeUndefined();
      expect(await notes.read("grace", "a")).toBeUndefined();
    });

    it("refuses to create a second document with an id of the same partition", async () => {
      const notes = await create();
      await notes.create(note("a", { title: "first" }));

      await expect(notes.create(note("a", { title: "second" }))).rejects.toBeInstanceOf(DocumentConflict);
      expect(await notes.read("ada", "a")).toMatchObject({ title: "first" });
    });

    it("takes the same id in another partition as another document", async () => {
      const notes = await create();
      await notes.create(note("a", { title: "of Ada" }));
      await notes.create(note("a", { partition: "grace", title: "of Grace" }));

      await notes.delete("ada", "a");

      expect(await notes.read("ada", "a")).toBeUndefined();
      expect(await notes.read("grace", "a")).toMatchObject({ title: "of Grace" });
    });

    it("replaces a document whose ETag is known and gives it a new one", async () => {
      const notes = await create();
      const first = await notes.create(note("a", { label: "old" }));

      const second = await notes.replace(note("a", { title: "new" }), first.etag);

      expect(second.etag).not.toBe(first.etag);
      expect(await notes.read("ada", "a")).toEqual({ ...note("a", { title: "new" }), etag: second.etag });
    });

    it("refuses to replace a document that has changed since", async () => {
      const notes = await create();
      const first = await notes.create(note("a"));
      await notes.replace(note("a", { title: "second" }), first.etag);

      const attempt = notes.replace(note("a", { title: "third" }), first.etag);

      await expect(attempt).rejects.toMatchObject({ code: "precondition-failed" });
      expect(await notes.read("ada", "a")).toMatchObject({ title: "second" });
    });

    it("refuses to replace a document that is gone", async () => {
      const notes = await create();
      const { etag } = await notes.create(note("a"));
      await notes.delete("ada", "a");

      await expect(notes.replace(note("a"), etag)).rejects.toMatchObject({ code: "precondition-failed" });
      expect(await notes.read("ada", "a")).toBeUndefined();
    });

    it("upserts over what is there and where nothing is", async () => {
      const notes = await create();

      const first = await notes.upsert(note("a", { title: "first" }));
      const second = await notes.upsert(note("a", { title: "second" }));

      expect(second.etag).not.toBe(first.etag);
      expect(await notes.read("ada", "a")).toMatchObject({ title: "second" });
    });

    it("does not store the ETag of a document that was read before", async () => {
      const notes = await create();
      const first = await notes.create(note("a"));

      const second = await notes.upsert({ ...first, title: "second" });

      expect(second).toEqual({ ...note("a", { title: "second" }), etag: second.etag });
      expect(second.etag).not.toBe(first.etag);
    });

    it("loses no update of twenty that compete for one document", async () => {
      const notes = await create();
      await notes.create(note("a"));
      const addOne = async (): Promise<void> => {
        const read = await notes.read("ada", "a");
        const next = note("a", { rank: (read?.rank ?? 0) + 1 });
        await notes.replace(next, read?.etag ?? "").catch(async (error: unknown) => {
          if (!(error instanceof ServiceError) || error.code !== "precondition-failed") {
            throw error;
          }
          await addOne();
        });
      };

      await Promise.all(Array.from({ length: 20 }, addOne));

      expect(await notes.read("ada", "a")).toMatchObject({ rank: 20 });
    });

    it("lets only one of many create the same document", async () => {
      const notes = await create();
      const attempts = Array.from({ length: 10 }, (_, rank) => notes.create(note("a", { rank })));

      const outcomes = await Promise.allSettled(attempts);

      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });
  });

  describe("deleting", () => {
    it("succeeds where nothing is, with and without an ETag", async () => {
      const notes = await create();

      await notes.delete("ada", "a");
      await notes.delete("ada", "a", "some-etag");

      expect(await notes.read("ada", "a")).toBeUndefined();
    });

    it("refuses an ETag that is not the stored one", async () => {
      const notes = await create();
      const first = await notes.create(note("a"));
      const second = await notes.upsert(note("a"));

      const attempt = notes.delete("ada", "a", first.etag);

      await expect(attempt).rejects.toMatchObject({ code: "precondition-failed" });
      await notes.delete("ada", "a", second.etag);
      expect(await notes.read("ada", "a")).toBeUndefined();
    });
  });

  describe("time to live", () => {
    it("ends a document when its time is over, and frees its id", async () => {
      const notes = await create();
      await notes.create(note("a", { title: "first" }), { timeToLiveSeconds: 60 });

      store.advance(61);

      expect(await notes.read("ada", "a")).toBeUndefined();
      expect((await notes.query({ partition: "ada", limit: 10 })).items).toEqual([]);
      expect(await notes.count({ partition: "ada" })).toBe(0);
      expect(await notes.create(note("a", { title: "second" }))).toMatchObject({ title: "second" });
    });

    it("keeps a document that has none, and one whose time is not over", async () => {
      const notes = await create();
      await notes.create(note("a"));
      await notes.create(note("b"), { timeToLiveSeconds: 3600 });

      store.advance(1800);

      expect(await notes.read("ada", "a")).toBeDefined();
      expect(await notes.read("ada", "b")).toEqual({ ...note("b"), etag: expect.any(String) });
    });

    it("is the definition's for documents that name none, counted from the last write", async () => {
      const notes = await store.collection({ ...newDefinition(), defaultTimeToLiveSeconds: 60 });
      await notes.create(note("a"));
      await notes.create(note("b"));
      await notes.create(note("c"), { timeToLiveSeconds: 600 });
      store.advance(40);
      await notes.upsert(note("b"));

      store.advance(40);

      expect(await idsOfAllPages(notes, { partition: "ada", limit: 10 })).toEqual(["c", "b"]);
    });
  });
}
