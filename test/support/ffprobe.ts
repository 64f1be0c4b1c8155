import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AudioFormat } from "../../src/domain/speech/audio/audio-format.ts";

const run = promisify(execFile);

/** @returns whether ffprobe is installed. @throws when FFPROBE_REQUIRED=1 and it is not. */
export async function ffprobeIsInstalled(): Promise<boolean> {
  try {
    await run("ffprobe", ["-version"]);
    return true;
  } catch (cause) {
    if (process.env["FFPROBE_REQUIRED"] === "1") {
      throw new Error("FFPROBE_REQUIRED=1, but ffprobe cannot be run: install ffmpeg.", { cause });
    }
    return false;
  }
}

/** Length of an audio file as ffprobe tells it. */
export async function probeDurationMs(audio: Uint8Array, format: AudioFormat): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "ffprobe-"));
  try {
    const path = join(directory, `speech.${format.extension}`);
    await writeFile(path, audio);
    const input = [...rawInput(format), "-i", path];
    const wanted = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"];
    const { stdout } = await run("ffprobe", [...wanted, ...input]);
    return Number(stdout) * 1_000;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Headerless samples must be described. */
function rawInput({ layout, codec, sampleRateHz }: AudioFormat): readonly string[] {
  if (layout !== "samples") {
    return [];
  }
  return ["-f", codec === "pcm" ? "s16le" : codec, "-ar", String(sampleRateHz)];
}
