import { ServiceError } from "../../domain/errors/service-error.ts";
import { decodeTranscript, parseTranscript, type TranscriptLine } from "../../domain/voice/transcript.ts";
import type { Voice } from "../../domain/voice/voice.ts";
import { removeFolder } from "../blobs/remove-folder.ts";
import { isLostRace } from "../documents/lost-race.ts";
import type { BlobProperties, BlobStore } from "../ports/blobs.ts";
import type { AudioFile } from "../ports/custom-voice.ts";
import type { SampleSource } from "../recordings/preflight-samples.ts";
import { uploadedFiles } from "../recordings/uploaded-files.ts";
import { isUnclaimed, type UploadCollection, uploadNotFound } from "../uploads/upload.ts";
import { voiceFolder } from "./voice-folder.ts";

export interface SampleBlobPorts {
  readonly blobs: BlobStore;
  readonly uploads: UploadCollection;
}

const PAGE_SIZE = 1_000;

/** Writes what the voice is made from; an upload stays where it is and belongs to the voice from here on. */
export async function storeSamples(
  ports: SampleBlobPorts,
  voice: Voice,
  source: SampleSource,
): Promise<void> {
  if (source.kind === "upload") {
    await claimUpload(ports, voice, source.uploadId);
    return;
  }
  await Promise.all(
    source.files.map(({ fileName, bytes, contentType }) =>
      ports.blobs.write(
        { container: voice.samples.container, name: voice.samples.prefix + fileName },
        bytes,
        {
          contentType,
        },
      ),
    ),
  );
  if (source.transcripts !== undefined) {
    await writeTranscript(ports, voice, parseTranscript(decodeTranscript(source.transcripts.bytes)));
  }
}

async function claimUpload(ports: SampleBlobPorts, voice: Voice, uploadId: string): Promise<void> {
  const upload = await ports.uploads.read(voice.partition, uploadId);
  if (upload === undefined || !isUnclaimed(upload)) {
    throw uploadNotFound(uploadId);
  }
  const { etag, ...document } = upload;
  try {
    await ports.uploads.replace({ ...document, voiceId: voice.id }, etag);
  } catch (error) {
    throw isLostRace(error) ? uploadNotFound(uploadId) : error;
  }
  const { transcripts } = await uploadedFiles(ports.blobs, upload);
  if (transcripts !== undefined) {
    await writeTranscript(ports, voice, transcripts);
  }
}

/** One table in UTF-8 with a byte order mark, whatever the transcripts came as. */
async function writeTranscript(
  { blobs }: SampleBlobPorts,
  { professional }: Voice,
  lines: readonly TranscriptLine[],
): Promise<void> {
  if (professional !== null) {
    const text = lines.map((line) => `${line.utteranceId}\t${line.text}`).join("\n");
    const bytes = new TextEncoder().encode(`\ufeff${text}\n`);
    const ref = { container: "samples", name: professional.transcriptBlob } as const;
    await blobs.write(ref, bytes, { contentType: "text/plain; charset=utf-8" });
  }
}

/** Undoes {@link storeSamples}: an upload that the voice has claimed is open again, with its files. */
export async function giveBackSamples(ports: SampleBlobPorts, voice: Voice): Promise<void> {
  await Promise.all([
    removeFolder(ports.blobs, "samples", voiceFolder(voice)),
    voice.samples.container === "uploads" ? releaseUpload(ports.uploads, voice) : undefined,
  ]);
}

async function releaseUpload(uploads: UploadCollection, voice: Voice): Promise<void> {
  const upload = await uploads.read(voice.partition, uploadIdOf(voice));
  if (upload?.voiceId === voice.id) {
    const { etag, ...document } = upload;
    await uploads.replace({ ...document, voiceId: null }, etag);
  }
}

/**
 * Deletes every recording of the voice and what was written down of them, but no upload that another voice has; a
 * repetition deletes what is left.
 */
export async function dropSamples({ blobs, uploads }: SampleBlobPorts, voice: Voice): Promise<void> {
  await removeFolder(blobs, "samples", voiceFolder(voice));
  if (voice.samples.container === "samples") {
    return;
  }
  const upload = await uploads.read(voice.partition, uploadIdOf(voice));
  if (upload === undefined || upload.voiceId === voice.id) {
    await removeFolder(blobs, "uploads", voice.samples.prefix);
    await uploads.delete(voice.partition, uploadIdOf(voice));
  }
}

function uploadIdOf({ samples }: Voice): string {
  return samples.prefix.split("/")[1] ?? "";
}

/** The recordings of a personal voice, which Azure takes in one request of at most 30 MB. */
export async function readSamples(
  { blobs }: Pick<SampleBlobPorts, "blobs">,
  voice: Voice,
): Promise<readonly AudioFile[]> {
  const listed = await pageOf(blobs, voice);
  return Promise.all(
    listed.map(async ({ name, contentType }) => {
      const blob = await blobs.read({ container: voice.samples.container, name });
      if (blob === undefined) {
        throw new ServiceError("training-failed", "A stored recording of the voice is gone.");
      }
      const bytes = new Uint8Array(await new Response(blob.body).arrayBuffer());
      return { fileName: name.slice(voice.samples.prefix.length), contentType, bytes };
    }),
  );
}

async function pageOf(blobs: BlobStore, { samples }: Voice): Promise<readonly BlobProperties[]> {
  const { items } = await blobs.list(samples.container, { prefix: samples.prefix, limit: PAGE_SIZE });
  return items;
}
