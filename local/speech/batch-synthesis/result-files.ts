import { createWriteStream, openAsBlob } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { downloadZip } from "client-zip";
import type { Job } from "./job.ts";
import type { SpokenInput } from "./speak-input.ts";

export const ARCHIVE_NAME = "results.zip";
export const SUMMARY_NAME = "summary.json";

/** A line of `summary.json`. */
export interface SummaryEntry {
  readonly contents: readonly string[];
  readonly status: "Succeeded" | "Failed";
  readonly audioFileName?: string;
  /** Figures are strings. */
  readonly properties?: { readonly sizeInBytes: string; readonly durationInMilliseconds: string };
  readonly error?: { readonly code: string; readonly message: string };
}

/** Four digits, by the order of the inputs. */
export function fileNameOf(index: number, extension: string): string {
  return `${String(index + 1).padStart(4, "0")}.${extension}`;
}

/** Writes what belongs to an audio file: `0001.debug.json` and, when asked for, the times of words and sentences. */
export async function writeCompanions(directory: string, job: Job, spoken: SpokenInput): Promise<void> {
  const base = spoken.audioFileName.replace(/\.\w+$/, "");
  const { wordBoundaryEnabled, sentenceBoundaryEnabled, outputFormat } = job.properties;
  const debug = { outputFormat, durationInMilliseconds: Math.round(spoken.durationMs) };
  await writeJson(join(directory, `${base}.debug.json`), debug);
  if (wordBoundaryEnabled) {
    await writeJson(join(directory, `${base}.word.json`), spoken.words);
  }
  if (sentenceBoundaryEnabled) {
    await writeJson(join(directory, `${base}.sentence.json`), spoken.sentences);
  }
}

export async function writeSummary(
  directory: string,
  job: Job,
  results: readonly SummaryEntry[],
): Promise<void> {
  const status = results.some((result) => result.status === "Succeeded") ? "Succeeded" : "Failed";
  await writeJson(join(directory, SUMMARY_NAME), { jobID: job.internalId, status, results });
}

/** Packs all files into `results.zip` and leaves `summary.json` beside it. */
export async function packResults(directory: string, lastModified: Date): Promise<void> {
  const names = (await readdir(directory)).toSorted();
  const archive = downloadZip(
    (async function* files() {
      for (const name of names) {
        yield { name, lastModified, input: await openAsBlob(join(directory, name)) };
      }
    })(),
  );
  if (archive.body === null) {
    throw new Error("The archive has no body.");
  }
  await pipeline(Readable.fromWeb(archive.body), createWriteStream(join(directory, ARCHIVE_NAME)));
  const packed = names.filter((name) => name !== SUMMARY_NAME);
  await Promise.all(packed.map((name) => rm(join(directory, name))));
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, JSON.stringify(value));
}
