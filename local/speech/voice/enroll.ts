import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Speaker } from "../speech-state.ts";
import type { EnrollReport } from "./enroll-worker.ts";
import { UnreadableRecordingError } from "./unreadable-recording-error.ts";

/**
 * Measures a person's voice in WAV or MP3 recordings, in a thread of its own. It finds pitch and colour, not identity.
 *
 * @throws {@link UnreadableRecordingError} when a recording cannot be decoded, or there is no voice in any.
 */
export async function enroll(recordings: readonly Uint8Array[]): Promise<Speaker> {
  const worker = new Worker(new URL("enroll-worker.ts", import.meta.url), { workerData: recordings });
  try {
    const report = await nextReport(worker);
    if (report.kind === "unreadable") {
      throw new UnreadableRecordingError(report.message);
    }
    return report.speaker;
  } finally {
    await worker.terminate();
  }
}

/** The protocol of the thread is the only thing that it ever posts. */
async function nextReport(worker: Worker): Promise<EnrollReport> {
  const [report]: EnrollReport[] = await once(worker, "message");
  if (report === undefined) {
    throw new Error("The thread of enrolment said nothing.");
  }
  return report;
}
