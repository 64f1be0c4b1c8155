import { parentPort, workerData } from "node:worker_threads";
import { Espeak } from "../engine/espeak.ts";
import type { Speaker } from "../speech-state.ts";
import { measureSpeaker } from "./measure-speaker.ts";
import { UnreadableRecordingError } from "./unreadable-recording-error.ts";

export type EnrollReport =
  | { readonly kind: "measured"; readonly speaker: Speaker }
  | { readonly kind: "unreadable"; readonly message: string };

const recordings: readonly Uint8Array[] = workerData;

async function report(): Promise<EnrollReport> {
  try {
    return { kind: "measured", speaker: await measureSpeaker(await Espeak.load(), recordings) };
  } catch (error) {
    if (error instanceof UnreadableRecordingError) {
      return { kind: "unreadable", message: error.message };
    }
    throw error;
  }
}

parentPort?.postMessage(await report(), []);
