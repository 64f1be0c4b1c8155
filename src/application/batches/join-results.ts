import { type Batch, pageCountOf } from "../../domain/batch/batch.ts";
import { type AudioFormat, resolveAudioFormat } from "../../domain/speech/audio/audio-format.ts";
import type { AudioJoiner } from "../../domain/speech/audio/audio-joiner.ts";
import { isSealed, joinerFor } from "../../domain/speech/audio/join-audio.ts";
import { wavHeader } from "../../domain/speech/audio/wav-header.ts";
import { sealedAudio, type StreamedAudio } from "../synthesis/sealed-audio.ts";
import type { BlobRef, BlobStore } from "../ports/blobs.ts";
import { joinedFile } from "./batch-files.ts";
import { refOf } from "./batch-ref.ts";
import { readItems } from "./items-file.ts";
import { pageItems } from "./list-batch-items.ts";
import type { BatchFilesPorts } from "./write-manifest.ts";

const SILENCE_CHUNK_BYTES = 64 * 1024;

/** Of G.711, whose zero is not silent. */
const SILENT_BYTE: Readonly<Record<string, number>> = { mulaw: 0xff, alaw: 0xd5 };

/** Joins the results in the order of the items into one file; items that failed are left out. */
export async function joinResults(ports: BatchFilesPorts, batch: Batch): Promise<void> {
  const { blobs } = ports;
  const format = await joinedFormat(blobs, batch);
  const { contentType } = format;
  const joiner = joinerFor(format);
  const file = joinedFile(refOf(batch), format.extension);
  const open = isSealed(format) ? { ...file, name: `${file.name}.open` } : file;
  await blobs.write(open, ReadableStream.from(joined(ports, { batch, format, joiner })), { contentType });
  if (open !== file) {
    await seal(blobs, { open, file, format: format.azureName, durationMs: joiner.durationMs });
  }
}

/** Its start tells what is known at its end only, so that it is written a second time. */
async function seal(
  blobs: BlobStore,
  { open, file, ...audio }: StreamedAudio & { readonly open: BlobRef; readonly file: BlobRef },
): Promise<void> {
  const found = await blobs.read(open);
  if (found !== undefined) {
    const { sizeBytes, contentType } = found.properties;
    await blobs.write(file, sealedAudio(found.body, audio, sizeBytes), { contentType });
    await blobs.delete(open);
  }
}

/** Of the one file that all results are joined into: the format of every item. */
export async function joinedFormat(blobs: BlobStore, batch: Batch): Promise<AudioFormat> {
  const [first] = await readItems(blobs, batch, 0);
  return resolveAudioFormat(first?.request.format ?? {});
}

async function* joined(
  ports: BatchFilesPorts,
  {
    batch,
    format,
    joiner,
  }: { readonly batch: Batch; readonly format: AudioFormat; readonly joiner: AudioJoiner },
): AsyncGenerator<Uint8Array, void, void> {
  for (let page = 0; page < pageCountOf(batch); page += 1) {
    const items = await readItems(ports.blobs, batch, page);
    const states = await pageItems(ports, batch, page);
    for (const [index, { blobName }] of states.entries()) {
      yield* silence(joiner, format, items[index]?.startMs ?? 0);
      if (blobName !== null) {
        yield* part(ports.blobs, { name: blobName, format, joiner });
      }
    }
  }
  yield* bytes(joiner.finish());
}

/** Up to that time; only formats that are plain samples have any. */
function* silence(
  joiner: AudioJoiner,
  { layout, codec, sampleRateHz }: AudioFormat,
  untilMs: number,
): Generator<Uint8Array, void, void> {
  const missingMs = untilMs - joiner.durationMs;
  if (missingMs <= 0 || (layout !== "wav" && layout !== "samples")) {
    return;
  }
  const sampleBytes = codec === "pcm" ? 2 : 1;
  let left = Math.round((missingMs * sampleRateHz) / 1_000) * sampleBytes;
  while (left > 0) {
    const chunk = new Uint8Array(Math.min(left, SILENCE_CHUNK_BYTES)).fill(SILENT_BYTE[codec] ?? 0);
    left -= chunk.length;
    yield* bytes(joiner.push(chunk));
  }
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
