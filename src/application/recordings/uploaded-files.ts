import { ServiceError } from "../../domain/errors/service-error.ts";
import { decodeTranscript, parseTranscript, type TranscriptLine } from "../../domain/voice/transcript.ts";
import type { BlobRef, BlobStore } from "../ports/blobs.ts";
import { type Upload, uploadPrefix } from "../uploads/upload.ts";
import type { ReadableFile } from "./inspect-files.ts";

/** The audio of an upload, and what its text files say: one table, or a file with the same name per recording. */
export async function uploadedFiles(
  blobs: BlobStore,
  upload: Upload,
): Promise<{ readonly files: readonly ReadableFile[]; readonly transcripts?: readonly TranscriptLine[] }> {
  const prefix = uploadPrefix(upload);
  const names = upload.files.map(({ fileName }) => fileName);
  const texts = names.filter((name) => name.toLowerCase().endsWith(".txt"));
  const audio = names.filter((name) => !texts.includes(name));
  const files = audio.map((fileName) => ({
    fileName,
    open: () => openBlob(blobs, { container: "uploads", name: prefix + fileName }),
  }));
  if (texts.length === 0) {
    return { files };
  }
  const lines = await Promise.all(
    texts.map((name) => readTexts(blobs, { prefix, name, isOnly: texts.length === 1 })),
  );
  return { files, transcripts: lines.flat() };
}

interface TextFile {
  readonly prefix: string;
  readonly name: string;
  readonly isOnly: boolean;
}

async function readTexts(
  blobs: BlobStore,
  { prefix, name, isOnly }: TextFile,
): Promise<readonly TranscriptLine[]> {
  const chunks = await openBlob(blobs, { container: "uploads", name: prefix + name });
  const text = decodeTranscript(new Uint8Array(await new Response(chunks).arrayBuffer()));
  return isOnly || text.includes("\t")
    ? parseTranscript(text)
    : [{ utteranceId: name.replace(/\.txt$/i, ""), text: text.trim() }];
}

async function openBlob(blobs: BlobStore, ref: BlobRef): Promise<ReadableStream<Uint8Array>> {
  const blob = await blobs.read(ref);
  if (blob === undefined) {
    throw new ServiceError("upload-incomplete", `The file ${ref.name.split("/").at(-1) ?? ""} is gone.`);
  }
  return blob.body;
}
