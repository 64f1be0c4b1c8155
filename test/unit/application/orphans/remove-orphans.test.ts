import { describe, expect, it } from "vitest";
import { BATCHES } from "../../../../src/application/batches/batch-ref.ts";
import { CONSENTS } from "../../../../src/application/consents/consent-collection.ts";
import { makeRemoveOrphans } from "../../../../src/application/orphans/remove-orphans.ts";
import type { BlobContainer } from "../../../../src/application/ports/blobs.ts";
import { makeRemoveExpiredUploads } from "../../../../src/application/uploads/remove-expired-uploads.ts";
import { type Upload, UPLOADS } from "../../../../src/application/uploads/upload.ts";
import { VOICES } from "../../../../src/application/voices/voice-ref.ts";
import type { Batch } from "../../../../src/domain/batch/batch.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import type { Consent } from "../../../../src/domain/voice/consent.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { storedBatch } from "../../../support/batch-fixture.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { consentWith, voiceWith } from "../../../support/voices/voice-fixtures.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const HOUR_SECONDS = 3_600;
const SAMPLE_BATCH = { items: [{ text: "Hello." }], defaults: { voice: "en-US-AvaNeural" } };
const UPLOAD: Upload = {
  id: "upload_1",
  partition: "user-1",
  files: [],
  voiceId: null,
  expiresAt: "2026-11-23T12:00:00.000Z",
  createdAt: "2026-11-22T12:00:00.000Z",
};

/** Stores at {@link NOW}, in which a voice, a consent, a batch and an upload of `user-1` exist, all called `_1`. */
async function setUp() {
  const clock = new ManualClock(NOW);
  const blobs = new MemoryBlobs(clock);
  const documents = {
    voices: new MemoryDocuments<Voice>(VOICES, clock),
    consents: new MemoryDocuments<Consent>(CONSENTS, clock),
    batches: new MemoryDocuments<Batch>(BATCHES, clock),
    uploads: new MemoryDocuments<Upload>(UPLOADS, clock),
  };
  await documents.voices.create(voiceWith());
  await documents.consents.create(consentWith());
  const batch = await storedBatch(new MemoryBlobs(clock), SAMPLE_BATCH);
  await documents.batches.create({ ...batch, partition: "user-1" });
  await documents.uploads.create(UPLOAD);
  const logger = recordingLogger();
  const ports = { ...documents, blobs, clock, logger };
  const write = async (...names: readonly string[]) => {
    for (const name of names) {
      const [container, ...rest] = name.split("/");
      const ref = { container: container as BlobContainer, name: rest.join("/") };
      await blobs.write(ref, new Uint8Array(1), { contentType: "audio/wav" });
    }
  };
  const stored = async () => {
    const names: string[] = [];
    for (const container of ["samples", "uploads", "batches", "results", "audio"] as const) {
      const { items } = await blobs.list(container, { prefix: "", limit: 5_000 });
      names.push(...items.map(({ name }) => `${container}/${name}`));
    }
    return names;
  };
  const removeOrphans = makeRemoveOrphans(ports);
  return { ports, ...documents, blobs, clock, logger, write, stored, removeOrphans };
}

const KEPT = [
  "samples/user-1/consents/consent_1",
  "samples/user-1/voice_1/audio/a.wav",
  "uploads/user-1/upload_1/a.wav",
  "batches/user-1/batch_1/items.jsonl",
  "results/user-1/batch_1/a.mp3",
];
const ORPHANS = [
  "samples/user-1/consents/consent_11",
  "samples/user-1/voice_11/audio/a.wav",
  "samples/user-1/voice_11/transcribed/a",
  "samples/user-2/voice_1/audio/a.wav",
  "uploads/user-1/upload_11/a.wav",
  "batches/user-1/batch_11/items.jsonl",
  "results/user-2/batch_1/a.mp3",
];
const OF_OTHERS = ["samples/readiness-probe", "samples/user-1/other_1/a.wav", "audio/user-1/voice_11/a.mp3"];

describe("removing files without a document", () => {
  it("removes what is a day old and belongs to no voice, consent, batch or upload of its owner, and only that", async () => {
    const { write, stored, clock, logger, removeOrphans } = await setUp();
    await write(...KEPT, ...ORPHANS, ...OF_OTHERS);
    clock.advance(24 * HOUR_SECONDS + 1);

    expect(await removeOrphans()).toEqual({ removed: 6, freed: 0 });

    expect((await stored()).toSorted()).toEqual([...KEPT, ...OF_OTHERS].toSorted());
    expect(logger.lines.map(({ attributes }) => attributes)).toContainEqual({
      container: "samples",
      id: "voice_11",
    });
    expect(await removeOrphans()).toEqual({ removed: 0, freed: 0 });
  });

  it("leaves a folder alone in which something is younger than a day: a request may be at work", async () => {
    const { write, stored, clock, removeOrphans } = await setUp();
    await write("samples/user-1/voice_11/audio/a.wav");
    clock.advance(24 * HOUR_SECONDS);
    await write("samples/user-1/voice_11/audio/b.wav");

    expect(await removeOrphans()).toEqual({ removed: 0, freed: 0 });
    expect(await stored()).toHaveLength(2);

    clock.advance(24 * HOUR_SECONDS + 1);
    expect(await removeOrphans()).toEqual({ removed: 1, freed: 0 });
    expect(await stored()).toEqual([]);
  });

  it("keeps a file that is written again while its folder is removed", async () => {
    const { write, stored, clock, blobs, removeOrphans } = await setUp();
    await write("batches/user-1/batch_11/items.jsonl");
    clock.advance(25 * HOUR_SECONDS);
    const deleteBlob = blobs.delete.bind(blobs);
    blobs.delete = async (ref, etag) => {
      await write("batches/user-1/batch_11/items.jsonl");
      return deleteBlob(ref, etag);
    };

    await removeOrphans();

    expect(await stored()).toEqual(["batches/user-1/batch_11/items.jsonl"]);
  });

  it("removes nothing where more is found than crashes leave, as before an older database, and says so", async () => {
    const { write, stored, clock, logger, removeOrphans } = await setUp();
    const ids = Array.from({ length: 21 }, (_, index) => `batch_1${index}`);
    await write(...ids.map((id) => `results/user-1/${id}/a.mp3`));
    clock.advance(25 * HOUR_SECONDS);

    expect(await removeOrphans()).toEqual({ removed: 0, freed: 0 });

    expect(await stored()).toHaveLength(21);
    expect(logger.lines).toMatchObject([{ level: "error", attributes: { found: 21, limit: 20 } }]);
  });

  it("goes on with the others when a folder or a whole kind cannot be looked after, and says so", async () => {
    const { write, stored, clock, blobs, voices, logger, removeOrphans } = await setUp();
    await write(...ORPHANS);
    clock.advance(25 * HOUR_SECONDS);
    voices.failure = new ServiceError("store-unavailable", "No answer.");
    const list = blobs.list.bind(blobs);
    blobs.list = async (container, query) => {
      if (container === "samples" && query.prefix.includes("consents")) {
        throw new ServiceError("store-unauthorized", "Refused.");
      }
      return list(container, query);
    };

    expect(await removeOrphans()).toEqual({ removed: 3, freed: 0 });

    expect(await stored()).toEqual(ORPHANS.filter((name) => name.startsWith("samples/")));
    const codes = logger.lines.filter(({ level }) => level === "error").map(({ attributes }) => attributes);
    expect(codes).toEqual([
      { container: "samples", id: "voice_11", code: "store-unavailable" },
      { container: "samples", id: "voice_1", code: "store-unavailable" },
      { code: "store-unauthorized" },
    ]);
  });
});

describe("an upload that a voice has taken which does not exist", () => {
  it("is given back a day after its time, and removed with its files", async () => {
    const { ports, write, stored, clock, uploads, removeOrphans } = await setUp();
    await write("uploads/user-1/upload_1/a.wav");
    await uploads.upsert({ ...UPLOAD, voiceId: "voice_11" });
    clock.advance(47 * HOUR_SECONDS);
    expect(await removeOrphans()).toEqual({ removed: 0, freed: 0 });

    clock.advance(2 * HOUR_SECONDS);
    expect(await removeOrphans()).toEqual({ removed: 0, freed: 1 });
    expect(await makeRemoveExpiredUploads(ports)()).toEqual({ removed: 1 });

    expect(await stored()).toEqual([]);
    expect(await uploads.count({})).toBe(0);
  });

  it("is told apart from one whose voice exists, however old", async () => {
    const { write, stored, clock, uploads, removeOrphans } = await setUp();
    await write("uploads/user-1/upload_1/a.wav");
    await uploads.upsert({ ...UPLOAD, voiceId: "voice_1" });
    clock.advance(1_000 * HOUR_SECONDS);

    expect(await removeOrphans()).toEqual({ removed: 0, freed: 0 });
    expect(await uploads.read("user-1", "upload_1")).toMatchObject({ voiceId: "voice_1" });
    expect(await stored()).toHaveLength(1);
  });
});
