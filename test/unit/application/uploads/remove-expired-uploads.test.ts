import { describe, expect, it } from "vitest";
import { makeRemoveExpiredUploads } from "../../../../src/application/uploads/remove-expired-uploads.ts";
import { type Upload, UPLOADS, uploadPrefix } from "../../../../src/application/uploads/upload.ts";
import { storeSamples } from "../../../../src/application/voices/sample-blobs.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

const NOW = new Date("2026-11-22T13:00:00.000Z");
const PASSED = "2026-11-22T12:59:59.000Z";
const AHEAD = "2026-11-22T13:00:01.000Z";

function setUp() {
  const clock = new ManualClock(NOW);
  const uploads = new MemoryDocuments<Upload>(UPLOADS);
  const blobs = new MemoryBlobs(clock);
  const keep = async (id: string, changes: Partial<Upload> = {}, fileCount = 2): Promise<Upload> => {
    const upload: Upload = {
      id,
      partition: "user-1",
      files: [],
      voiceId: null,
      expiresAt: PASSED,
      createdAt: "2026-11-21T13:00:00.000Z",
      ...changes,
    };
    await uploads.create(upload);
    for (let file = 0; file < fileCount; file += 1) {
      const name = `${uploadPrefix(upload)}${file}.wav`;
      await blobs.write({ container: "uploads", name }, new Uint8Array(1), { contentType: "audio/wav" });
    }
    return upload;
  };
  const blobNames = async () =>
    (await blobs.list("uploads", { prefix: "", limit: 5_000 })).items.map(({ name }) => name);
  const isKept = async ({ partition, id }: Upload) => (await uploads.read(partition, id)) !== undefined;
  const logger = recordingLogger();
  const remove = makeRemoveExpiredUploads({ uploads, blobs, clock, logger });
  return { uploads, blobs, logger, keep, blobNames, isKept, remove };
}

describe("removing expired uploads", () => {
  it("removes an upload whose time has passed with all its files, and no other", async () => {
    const { keep, blobNames, isKept, remove } = setUp();
    const passed = await keep("upload_1", {}, 1_001);
    const ofSomebodyElse = await keep("upload_1", { partition: "user-2" });
    const open = await keep("upload_10", { expiresAt: AHEAD });
    const inUse = await keep("upload_2", { voiceId: "voice_1" });

    expect(await remove()).toEqual({ removed: 2 });

    expect(await Promise.all([passed, ofSomebodyElse, open, inUse].map(isKept))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect((await blobNames()).toSorted()).toEqual([
      "user-1/upload_10/0.wav",
      "user-1/upload_10/1.wav",
      "user-1/upload_2/0.wav",
      "user-1/upload_2/1.wav",
    ]);
  });

  it("removes at most fifty at once and the rest at the next runs", async () => {
    const { keep, blobNames, remove } = setUp();
    for (let count = 0; count < 60; count += 1) {
      await keep(`upload_${count}`, {}, 1);
    }

    expect([await remove(), await remove(), await remove()]).toEqual([
      { removed: 50 },
      { removed: 10 },
      { removed: 0 },
    ]);
    expect(await blobNames()).toEqual([]);
  });

  it("keeps the upload until its files are gone, so that the next run finishes the work", async () => {
    const { blobs, keep, blobNames, isKept, remove } = setUp();
    const upload = await keep("upload_1");
    blobs.failure = new ServiceError("store-unavailable", "The store is down.");
    expect(await remove()).toEqual({ removed: 0 });
    blobs.failure = undefined;
    expect(await isKept(upload)).toBe(true);

    await remove();

    expect([await isKept(upload), await blobNames()]).toEqual([false, []]);
  });

  it("leaves an upload alone that a voice is made from in the last moment, and removes the others", async () => {
    const { uploads, keep, blobNames, remove } = setUp();
    const taken = await keep("upload_1");
    await keep("upload_2", { createdAt: "2026-11-21T12:00:00.000Z" });
    const query = uploads.query.bind(uploads);
    uploads.query = async (wanted) => {
      const found = await query(wanted);
      await uploads.upsert({ ...taken, voiceId: "voice_1" });
      return found;
    };

    expect(await remove()).toEqual({ removed: 1 });
    expect(await blobNames()).toEqual(["user-1/upload_1/0.wav", "user-1/upload_1/1.wav"]);
    expect(await uploads.read("user-1", "upload_1")).toMatchObject({ voiceId: "voice_1" });
  });

  it("gives no voice an upload whose files are going", async () => {
    const { uploads, blobs, keep, isKept, remove } = setUp();
    const upload = await keep("upload_1");
    const refusals: unknown[] = [];
    const list = blobs.list.bind(blobs);
    blobs.list = async (container, query) => {
      const claim = storeSamples({ uploads, blobs }, voiceWith(), { kind: "upload", uploadId: upload.id });
      await claim.catch((error: unknown) => refusals.push(error));
      return list(container, query);
    };

    expect(await remove()).toEqual({ removed: 1 });
    expect(refusals).toMatchObject([{ code: "upload-not-found" }, { code: "upload-not-found" }]);
    expect(await isKept(upload)).toBe(false);
  });

  it("goes on with the others when one cannot be removed, and says so", async () => {
    const { blobs, logger, keep, blobNames, remove } = setUp();
    await keep("upload_1");
    await keep("upload_2", { createdAt: "2026-11-21T12:00:00.000Z" });
    const deleteBlob = blobs.delete.bind(blobs);
    blobs.delete = async (ref) => {
      if (ref.name.includes("upload_1")) {
        throw new ServiceError("store-unavailable", "No answer.");
      }
      return deleteBlob(ref);
    };

    expect(await remove()).toEqual({ removed: 1 });
    expect(await blobNames()).toEqual(["user-1/upload_1/0.wav", "user-1/upload_1/1.wav"]);
    expect(logger.lines).toMatchObject([
      { level: "error", attributes: { id: "upload_1", code: "store-unavailable" } },
    ]);
  });
});
