import type { Principal } from "../../domain/access/principal.ts";
import type { Batch } from "../../domain/batch/batch.ts";
import type { BatchItemState } from "../../domain/batch/batch-item.ts";
import { countCodePoints } from "../../domain/speech/billed-characters.ts";
import { resolveAudioFormat } from "../../domain/speech/audio/audio-format.ts";
import { captionCues } from "../../domain/speech/captions/caption-cue.ts";
import { CAPTION_CONTENT_TYPES, writeCaptions } from "../../domain/speech/captions/write-captions.ts";
import type { BlobProperties, BlobRef, BlobStore } from "../ports/blobs.ts";
import { writtenText } from "../synthesis/prepared-synthesis.ts";
import type { SpeakRequest } from "../synthesis/speak-request.ts";
import type { Speak, SpokenAudio } from "../synthesis/speak.ts";
import { resultFile } from "./batch-files.ts";
import { refOf } from "./batch-ref.ts";
import type { BatchItem } from "./items-file.ts";

/** What is known of an item that has succeeded. */
export type ItemResult = Pick<BatchItemState, "durationMs" | "characters" | "blobName">;

interface ItemOfBatch {
  readonly batch: Batch;
  readonly item: BatchItem;
}

/** @throws what {@link Speak} throws. */
export async function speakItem(
  speak: Speak,
  { batch, item }: ItemOfBatch,
  signal: AbortSignal,
): Promise<SpokenAudio> {
  return speak(principalOf(batch), requestOf(batch, item), signal);
}

/**
 * Writes what was spoken into the results. The audio is written last and never replaced, so that its presence says that the
 * item is done.
 *
 * @throws what {@link BlobStore} throws.
 */
export async function keepItem(
  blobs: BlobStore,
  { batch, item, spoken }: ItemOfBatch & { readonly spoken: SpokenAudio },
  signal: AbortSignal,
): Promise<ItemResult> {
  await Promise.all(
    batch.output.captions.map((format) => {
      const cues = captionCues(writtenText(spoken.prepared), spoken.words);
      const file = resultFile(refOf(batch), `${item.id}.${format}`);
      const body = new TextEncoder().encode(writeCaptions(cues, format));
      return blobs.write(file, body, { contentType: CAPTION_CONTENT_TYPES[format], signal });
    }),
  );
  const file = audioFile(batch, item);
  const result = { durationMs: Math.round(spoken.durationMs), characters: spoken.prepared.characters };
  await writeAudio(blobs, { file, spoken, result }, signal);
  await spoken.kept;
  return { ...result, blobName: file.name };
}

/** The result that an earlier attempt left. @returns undefined when there is none. */
export async function earlierResult(
  blobs: BlobStore,
  batch: Batch,
  item: BatchItem,
): Promise<ItemResult | undefined> {
  try {
    const properties = await blobs.properties(audioFile(batch, item));
    return properties && resultOf(properties, item);
  } catch (error) {
    if (isFormatRefused(error)) {
      return undefined;
    }
    throw error;
  }
}

function isFormatRefused(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "format-unsupported";
}

function resultOf({ name, metadata }: BlobProperties, { request }: BatchItem): ItemResult {
  const characters = Number(metadata["characters"] ?? countCodePoints(request.content.value));
  return { durationMs: Number(metadata["durationms"] ?? 0), characters, blobName: name };
}

function audioFile(batch: Batch, { id, request }: BatchItem): BlobRef {
  return resultFile(refOf(batch), `${id}.${resolveAudioFormat(request.format).extension}`);
}

async function writeAudio(
  blobs: BlobStore,
  {
    file,
    spoken,
    result,
  }: {
    readonly file: BlobRef;
    readonly spoken: SpokenAudio;
    readonly result: { readonly durationMs: number; readonly characters: number };
  },
  signal: AbortSignal,
): Promise<void> {
  await blobs.write(file, spoken.audio, {
    contentType: spoken.prepared.format.contentType,
    metadata: { durationms: String(result.durationMs), characters: String(result.characters) },
    onlyIfAbsent: true,
    signal,
  });
}

/** The item as it was sent, with the times that the captions of its batch need. */
export function requestOf({ output }: Batch, { request }: BatchItem): SpeakRequest {
  return { ...request, timings: output.captions.length > 0 ? "word" : request.timings };
}

/** On whose behalf the items of a batch are spoken. */
export function principalOf({ partition, principal }: Batch): Principal {
  return { ...principal, id: partition, permissions: new Set(principal.permissions) };
}
