import { createWriteStream } from "node:fs";
import { readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readWav } from "../../stand-in/wav-file.ts";
import type { Boundary, SpokenInput } from "./speak-input.ts";

const RIFF_SIZE_OFFSET = 4;

/** Joins the audio of inputs, in order, into the file of the first, and shifts the times of the others. */
export async function concatenate(directory: string, inputs: readonly SpokenInput[]): Promise<SpokenInput> {
  const [first] = inputs;
  if (first === undefined) {
    throw new Error("There is nothing to concatenate.");
  }
  const files = inputs.map(({ audioFileName }) => join(directory, audioFileName));
  const joined = join(directory, "joined.tmp");
  await pipeline(
    first.audioFileName.endsWith(".wav") ? joinedWav(files) : joinedBytes(files),
    createWriteStream(joined),
  );
  await Promise.all(files.map((file) => rm(file)));
  const target = join(directory, first.audioFileName);
  await rename(joined, target);
  const { size: sizeBytes } = await stat(target);
  let offsetMs = 0;
  const words: Boundary[] = [];
  const sentences: Boundary[] = [];
  for (const input of inputs) {
    words.push(...shifted(input.words, offsetMs));
    sentences.push(...shifted(input.sentences, offsetMs));
    offsetMs += input.durationMs;
  }
  return { ...first, sizeBytes, durationMs: offsetMs, words, sentences };
}

/** PCM, G.711, MP3 and Ogg may follow each other as they are. */
async function* joinedBytes(files: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    yield await readFile(file);
  }
}

async function* joinedWav(files: readonly string[]): AsyncGenerator<Uint8Array> {
  const sizes = await Promise.all(files.map(async (file) => (await wavParts(file)).data.length));
  const dataBytes = sizes.reduce((sum, sizeBytes) => sum + sizeBytes, 0);
  for (const [index, file] of files.entries()) {
    const { header, data } = await wavParts(file);
    if (index === 0) {
      header.writeUInt32LE(header.length - 8 + dataBytes, RIFF_SIZE_OFFSET);
      header.writeUInt32LE(dataBytes, header.length - 4);
      yield header;
    }
    yield data;
  }
}

/** The header reaches up to the audio. */
async function wavParts(file: string): Promise<{ readonly header: Buffer; readonly data: Buffer }> {
  const bytes = await readFile(file);
  const data = readWav(bytes)?.data ?? Buffer.alloc(0);
  return { header: bytes.subarray(0, data.byteOffset - bytes.byteOffset), data };
}

function shifted(boundaries: readonly Boundary[], offsetMs: number): readonly Boundary[] {
  return boundaries.map((boundary) => ({
    ...boundary,
    AudioOffset: Math.round(boundary.AudioOffset + offsetMs),
  }));
}
