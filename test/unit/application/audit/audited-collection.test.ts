import { describe, expect, it } from "vitest";
import { AsyncActiveCalls } from "../../../../src/adapters/system/async-active-calls.ts";
import { AuditedCollection } from "../../../../src/application/audit/audited-collection.ts";
import type { ActiveCall } from "../../../../src/application/ports/active-call.ts";
import { DocumentConflict, type StoredDocument } from "../../../../src/application/ports/documents.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";

interface Note extends StoredDocument {
  readonly text: string;
}

const note: Note = { id: "note_1", partition: "ada", createdAt: "2026-11-22T12:00:00Z", text: "first" };

function world() {
  const activeCalls = new AsyncActiveCalls();
  const collection = new AuditedCollection<Note>({
    name: "notes",
    collection: new MemoryDocuments<Note>({ name: "notes" }),
    activeCalls,
    hasher: { sha256Hex: (data) => `hash of ${String(data)}` },
  });
  const call: ActiveCall = {
    requestId: "req_1",
    traceparent: "",
    operation: "test",
    knownHashes: new Map(),
    changes: [],
    changeCount: 0,
  };
  return { collection, call, during: <T>(work: () => Promise<T>) => activeCalls.run(call, work) };
}

describe("an audited collection", () => {
  it("writes down what a request made, changed and deleted, with hashes before and after", async () => {
    const { collection, call, during } = world();

    await during(async () => {
      const created = await collection.create(note);
      await collection.replace({ ...note, text: "second" }, created.etag);
      await collection.delete("ada", "note_1");
    });

    const [made, changed, deleted] = call.changes;
    expect(made).toMatchObject({ collection: "notes", id: "note_1", before: null });
    expect(changed?.before).toBe(made?.after);
    expect(changed?.after).not.toBe(made?.after);
    expect(deleted).toMatchObject({ before: changed?.after, after: null });
  });

  it("knows the hash before a change of what the request has read", async () => {
    const { collection, call, during } = world();
    const stored = await collection.create(note);

    await during(async () => {
      await collection.read("ada", "note_1");
      await collection.replace({ ...note, text: "second" }, stored.etag);
    });

    expect(call.changes[0]?.before).toContain("first");
  });

  it("writes nothing down of a change that failed, or that belongs to no request", async () => {
    const { collection, call, during } = world();
    await collection.create(note);

    await expect(during(() => collection.create(note))).rejects.toBeInstanceOf(DocumentConflict);

    expect(call.changes).toEqual([]);
  });

  it("counts a large change and keeps a hundred of it", async () => {
    const { collection, call, during } = world();
    const notes = Array.from({ length: 100 }, (_, index) => ({ ...note, id: `note_${index + 2}` }));

    await during(async () => {
      await collection.create(note);
      await collection.applyAll(
        "ada",
        notes.map((document) => ({ kind: "create", document })),
      );
    });

    expect([call.changeCount, call.changes.length]).toEqual([101, 100]);
  });
});
