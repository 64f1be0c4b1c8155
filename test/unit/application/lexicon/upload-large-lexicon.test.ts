import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { csvOf } from "../../../support/lexicon/csv-of.ts";
import { lexiconWorld } from "../../../support/lexicon/lexicon-world.ts";

describe("uploading a lexicon that takes more than one transaction", () => {
  it("writes what is too much for one transaction beside what is in use, and then switches", async () => {
    const { upload, create, documents, useCases, user } = lexiconWorld();
    await create({ grapheme: "kept", alias: "x" });

    const report = await upload(csvOf(250));

    expect(report).toMatchObject({ created: 250, revision: 2 });
    expect(documents.batches.every((changes) => changes.length <= 100)).toBe(true);
    const prepared = await useCases.prepareLexicons(user.id, ["default"], new AbortController().signal);
    expect(prepared.matcherFor("en-US").entryCount).toBe(251);
    expect(await documents.count({ equals: { kind: "shard" } })).toBe(256);
  });

  it("leaves the lexicon as it was when the store fails in the middle, and nothing behind", async () => {
    const { upload, create, documents, graphemes } = lexiconWorld();
    await create({ grapheme: "kept", alias: "x" });
    let count = 0;
    documents.beforeApply = async () => {
      count += 1;
      if (count === 4) {
        throw new Error("The store is gone.");
      }
    };

    await expect(upload(csvOf(250))).rejects.toThrow("The store is gone.");

    expect(await graphemes()).toEqual(["kept"]);
    expect(await documents.count({ equals: { kind: "shard" } })).toBe(1);
  });

  it("is cleaned up by the next change after its process has died", async () => {
    const { upload, create, documents, clock, graphemes } = lexiconWorld();
    let count = 0;
    documents.beforeApply = async () => {
      count += 1;
      if (count >= 4) {
        throw new Error("The process has died.");
      }
    };
    await expect(upload(csvOf(250))).rejects.toThrow("The process has died.");
    documents.beforeApply = async () => {};
    expect(await documents.count({ equals: { kind: "shard" } })).toBeGreaterThan(100);

    clock.advance(16 * 60);
    await create({ grapheme: "later", alias: "x" });

    expect(await graphemes()).toEqual(["later"]);
    expect(await documents.count({ equals: { kind: "shard" } })).toBe(1);
  });

  it.each([
    ["lost", new ServiceError("store-unavailable", "No answer.")],
    [
      "that of a repetition, a conflict",
      new ServiceError("precondition-failed", "The document has changed."),
    ],
  ])("stands, whole, when the answer to its last step is %s", async (_, answer) => {
    const { upload, create, documents, useCases, user } = lexiconWorld();
    const entryCount = async () => {
      const prepared = await useCases.prepareLexicons(user.id, ["default"], new AbortController().signal);
      return prepared.matcherFor("en-US").entryCount;
    };
    await create({ grapheme: "kept", alias: "x" });
    documents.afterApply = async ([change]) => {
      if (change?.kind !== "delete" && change?.document.kind === "head" && change.document.entryCount > 1) {
        documents.afterApply = async () => {};
        throw answer;
      }
    };

    await Promise.allSettled([upload(csvOf(250))]);

    expect(await entryCount()).toBe(251);
    await create({ grapheme: "later", alias: "x" });
    expect(await entryCount()).toBe(252);
  });

  it("stands when the shards that it replaced cannot be deleted; the next change deletes them, each once", async () => {
    const { upload, create, documents } = lexiconWorld();
    await upload(csvOf(100));
    documents.beforeApply = async (changes) => {
      if (changes[0]?.kind === "delete") {
        throw new Error("The store is gone.");
      }
    };

    const report = await upload(csvOf(200, "other"), { mode: "replace" });
    const left = await documents.count({ equals: { kind: "shard" } });
    documents.beforeApply = async () => {};
    await create({ grapheme: "later", alias: "x" });
    const { length: deleted } = documents.deletes;
    await create({ grapheme: "much later", alias: "x" });

    expect(report).toMatchObject({ created: 200, deleted: 100, revision: 2 });
    expect({ left, deleted }).toEqual({ left: 128 + 256, deleted: 128 });
    expect(documents.deletes).toHaveLength(128);
    expect(await documents.count({ equals: { kind: "shard" } })).toBe(256);
  });

  it("is planned anew when somebody changes the lexicon meanwhile", async () => {
    const { upload, documents, otherProcess, user, useCases } = lexiconWorld();
    let isFirst = true;
    documents.beforeApply = async (changes) => {
      if (isFirst && changes.length > 50) {
        isFirst = false;
        await otherProcess.createEntry(user, "default", { grapheme: "word 7", alias: "mine" });
      }
    };

    const report = await upload(csvOf(250), { mode: "skip" });

    expect(report).toMatchObject({ created: 249, skipped: 1, revision: 2 });
    const { items } = await useCases.listEntries(user, { q: "mine", limit: 10 });
    expect(items).toHaveLength(1);
    expect(await documents.count({ equals: { kind: "shard" } })).toBe(256);
  });

  it("touches only the shards that a small upload changes", async () => {
    const { upload, documents } = lexiconWorld();
    await upload(csvOf(250));
    documents.batches.length = 0;

    await upload("grapheme,alias\nword 1,other\nword 2,other");

    const written = documents.batches.flat().map((change) => change.kind);
    expect(written.filter((kind) => kind !== "delete").length).toBeLessThanOrEqual(3);
  });
});
