import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { UnspeakableError } from "../../stand-in/speak.ts";
import type { Speak, Spoken } from "../../stand-in/speak.ts";
import type { SpeakableInput } from "./input-ssml.ts";

/** As the service writes it, in milliseconds. */
export interface Boundary {
  readonly Text: string;
  readonly AudioOffset: number;
  readonly Duration: number;
}

export interface SpokenInput {
  readonly kind: "succeeded";
  readonly audioFileName: string;
  readonly sizeBytes: number;
  readonly durationMs: number;
  readonly words: readonly Boundary[];
  readonly sentences: readonly Boundary[];
}

export type InputResult = SpokenInput | { readonly kind: "failed"; readonly message: string };

export interface InputTask {
  readonly input: SpeakableInput;
  readonly outputFormat: string;
  readonly directory: string;
  readonly audioFileName: string;
}

/** Speaks one input into a file. A document that the service would refuse makes a failed result. */
export async function speakInput(speak: Speak, task: InputTask, signal: AbortSignal): Promise<InputResult> {
  const { input, outputFormat, directory, audioFileName } = task;
  const words: Boundary[] = [];
  const sentences: Boundary[] = [];
  let durationMs = 0;
  const { ssml, deploymentId } = input;
  const spoken = speak({ ssml, outputFormat, ...(deploymentId !== undefined && { deploymentId }) }, signal);
  const path = join(directory, audioFileName);
  async function* audio(): AsyncGenerator<Uint8Array> {
    for await (const output of spoken) {
      if (output.kind === "audio") {
        yield output.bytes;
      } else if (output.kind === "end") {
        durationMs = output.durationMs;
      } else {
        (output.kind === "sentence" ? sentences : words).push(boundaryOf(output));
      }
    }
  }
  try {
    await pipeline(audio(), createWriteStream(path), { signal });
  } catch (error) {
    if (error instanceof UnspeakableError) {
      return { kind: "failed", message: error.message };
    }
    throw error;
  }
  const { size: sizeBytes } = await stat(path);
  return { kind: "succeeded", audioFileName, sizeBytes, durationMs, words, sentences };
}

function boundaryOf(output: Exclude<Spoken, { readonly kind: "audio" | "end" }>): Boundary {
  return {
    Text: output.text,
    AudioOffset: Math.round(output.startMs),
    Duration: Math.round(output.durationMs),
  };
}
