import { describe, expect, it } from "vitest";
import { type Upload, uploadPrefix } from "../../../../src/application/uploads/upload.ts";
import { dropSamples, storeSamples } from "../../../../src/application/voices/sample-blobs.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { principalWith } from "../../../support/principals.ts";
import { TRAINING, trainingWorld } from "../../../support/voices/training-world.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

const RECORDINGS = Array.from({ length: 300 }, (_, index) => `line-${index}.wav`);
const TRANSCRIPT = "lines.txt";
const UPLOAD: Upload = {
  id: "upload_1",
  partition: "user-1",
  files: [...RECORDINGS, TRANSCRIPT].map((fileName) => ({
    fileName,
    sizeBytes: contentOf(fileName).length,
    contentType: "application/octet-stream",
  })),
  voiceId: null,
  expiresAt: "2099-01-01T00:00:00.000Z",
  createdAt: "2026-11-22T12:00:00.000Z",
};
const SOURCE = { kind: "upload", uploadId: UPLOAD.id } as const;
const DOWN = new ServiceError("store-unavailable", "The store does not answer.");

const owner = principalWith(["Voice.Trainer"], UPLOAD.partition);
const request = { ...TRAINING, kind: "professional", samples: SOURCE } as const;

function contentOf(fileName: string): Uint8Array {
  const lines = RECORDINGS.map((name, index) => `${name.replace(".wav", "")}\tSentence ${index}.`);
  return new TextEncoder().encode(fileName === TRANSCRIPT ? lines.join("\n") : fileName);
}

/** A voice that is made from the upload. */
function uploadedVoice(id: string) {
  return voiceWith({
    id,
    samples: { container: "uploads", prefix: uploadPrefix(UPLOAD), count: 300, durationMs: 8_000 },
  });
}

async function setUp() {
  const world = trainingWorld();
  const { uploads, blobs } = world;
  await uploads.create(UPLOAD);
  for (const { fileName, contentType } of UPLOAD.files) {
    const name = uploadPrefix(UPLOAD) + fileName;
    await blobs.write({ container: "uploads", name }, contentOf(fileName), { contentType });
  }
  const left = async () => ({
    claimedBy: (await uploads.read(UPLOAD.partition, UPLOAD.id))?.voiceId,
    files: (await blobs.list("uploads", { prefix: "", limit: 1_000 })).items.length,
    transcripts: (await blobs.list("samples", { prefix: "", limit: 10 })).items
      .map(({ name }) => name)
      .filter((name) => name.endsWith("transcript.txt")),
  });
  return { ...world, left };
}

const UNTOUCHED = { claimedBy: null, files: 301, transcripts: [] };

describe("training a voice from an upload", () => {
  it("gives the upload to the voice, with its files and the transcript", async () => {
    const { trainVoice, left } = await setUp();

    const voice = await trainVoice(request, owner);

    expect(await left()).toEqual({
      claimedBy: voice.id,
      files: 301,
      transcripts: [`user-1/${voice.id}/scripts/transcript.txt`],
    });
  });

  it.each(["orchestrations", "voices"] as const)(
    "leaves the upload open, with all its files, when the store of the %s does not answer",
    async (store) => {
      const world = await setUp();
      world[store].failure = DOWN;

      await expect(world.trainVoice(request, owner)).rejects.toMatchObject({ code: "store-unavailable" });
      expect(await world.left()).toEqual(UNTOUCHED);

      world[store].failure = undefined;
      expect(await world.trainVoice(request, owner)).toMatchObject({ status: "pending" });
    },
  );

  it("makes one voice of an upload that is asked for twice at once, and loses none of its files", async () => {
    const { trainVoice, left } = await setUp();

    const [first, second] = await Promise.allSettled([
      trainVoice(request, owner),
      trainVoice(request, owner),
    ]);

    const [made, refused] = first.status === "fulfilled" ? [first, second] : [second, first];
    expect(refused).toMatchObject({ reason: { code: "upload-not-found" } });
    expect(made).toMatchObject({ value: { status: "pending" } });
    expect(await left()).toMatchObject({
      claimedBy: made.status === "fulfilled" ? made.value.id : "nobody",
      files: 301,
    });
  });

  it("refuses an upload that another voice has taken while the recordings were judged", async () => {
    const { uploads, blobs, left } = await setUp();
    await storeSamples({ uploads, blobs }, uploadedVoice("voice_1"), SOURCE);

    const late = storeSamples({ uploads, blobs }, uploadedVoice("voice_2"), SOURCE);

    await expect(late).rejects.toMatchObject({ code: "upload-not-found" });
    expect(await left()).toMatchObject({ claimedBy: "voice_1" });
  });

  it("keeps the recordings when a voice is deleted that does not have the upload any more", async () => {
    const { uploads, blobs, left } = await setUp();
    await storeSamples({ uploads, blobs }, uploadedVoice("voice_1"), SOURCE);

    await dropSamples({ uploads, blobs }, uploadedVoice("voice_2"));
    expect(await left()).toMatchObject({ claimedBy: "voice_1", files: 301 });

    await dropSamples({ uploads, blobs }, uploadedVoice("voice_1"));
    expect(await left()).toMatchObject({ claimedBy: undefined, files: 0 });
  });
});
