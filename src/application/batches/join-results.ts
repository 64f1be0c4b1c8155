import type { Batch } from "../../domain/batch/batch.ts";
import { type AudioFormat, resolveAudioFormat } from "../../domain/speech/audio/audio-format.ts";
import type { AudioJoiner } from "../../domain/speech/audio/audio-joiner.ts";
import { joinerFor } from "../../domain/speech/audio/join-audio.ts";
import { wavHeader } from "../../domain/speech/audio/wav-header.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { joinedFile } from "./batch-files.ts";
import { refOf } from "./batch-ref.ts";
import { readItems } from "./items-file.ts";
import { type BatchFilesPorts, itemsOf } from "./write-manifest.ts";

/** Joins the results in the order of the items into one file; items that failed are left out. */
export async function joinResults(ports: BatchFilesPorts, batch: Batch): Promise<void> {
  const format = await joinedFormat(ports.blobs, batch);
  const body = ReadableStream.from(joined(ports, batch, format));
  const { contentType } = format;
  await ports.blobs.write(joinedFile(refOf(batch), format.extension), body, { contentType });
}

/** Of the one file that all results are joined into: the format of every item. */
export async function joinedFormat(blobs: BlobStore, batch: Batch): Promise<AudioFormat> {
  const [first] = await readItems(blobs, batch, 0);
  return resolveAudioFormat(first?.request.format ?? {});
}

async function* joined(
  ports: BatchFilesPorts,
  batch: Batch,
  format: AudioFormat,
): AsyncGenerator<Uint8Array, void, void> {
  const joiner = joinerFor(format);
  for await (const item of itemsOf(ports, batch)) {
    if (item.status === "succeeded" && item.blobName !== null) {
      yield* part(ports.blobs, { name: item.blobName, format, joiner });
    }
  }
  yield* bytes(joiner.finish());
}

async function* part(
  blobs: BlobStore,
  {
    name,
    format,
    joiner,
  }: { readonly name: string; readonly format: AudioFormat; readonly joiner: AudioJoiner },
): AsyncGenerator<Uint8Array, void, void> {
  const offsetBytes = format.layout === "wav" ? wavHeader(format).length : 0;
  const found = await blobs.read({ container: "results", name }, { offsetBytes });
  for await (const chunk of found?.body ?? []) {
    yield* bytes(joiner.push(chunk));
  }
  yield* bytes(joiner.endPart());
}

function* bytes(chunk: Uint8Array): Generator<Uint8Array, void, void> {
  if (chunk.length > 0) {
    yield chunk;
  }
}
