import { z } from "zod";
import type { Outcome, Task, Work } from "../../stand-in/resource-api/long-running-work.ts";
import { UnreadableRecordingError } from "../voice/unreadable-recording-error.ts";
import { blobSourceSchema } from "./argument-schemas.ts";
import { listSourceFiles } from "./blob-source.ts";
import { ownerOf } from "./collections.ts";
import { CUSTOM_VOICE, timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { promptProblem } from "./prompt.ts";
import { promptRules } from "./recording-rules.ts";
import { decodeRecording, isSilent } from "./recording.ts";
import type { PersonalVoice } from "./resources.ts";

const inputSchema = z.object({ audios: blobSourceSchema });

const MAX_FILE_BYTES = 31_457_280;
const MAX_FILES = 100;

/** Azure's names for failures of personal voices are not documented; these are the ones of models. */
type FailureReason =
  | "InaccessibleCustomerStorage"
  | "SpeakerVerificationFailed"
  | "DataNotEnough"
  | "Internal";

class VoiceFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Measures the speaker of the recordings. Whether it is the speaker of the consent, only a fault decides. */
export function makePersonalVoiceTask(context: CustomVoiceContext): Task {
  return {
    begin: ({ resourceId }) => update(context, resourceId, { status: "Running" }),
    finish: (work) => finish(context, work),
    fail: ({ resourceId }) => update(context, resourceId, failed("Internal")),
  };
}

async function finish(context: CustomVoiceContext, work: Work): Promise<Outcome> {
  try {
    const files = await promptOf(context, work);
    const speaker = await context.enroll(files);
    return {
      status: "Succeeded",
      apply: () => {
        context.collections.speakers.put({ id: work.owner, speaker });
        end(context, work, { status: "Succeeded" });
      },
    };
  } catch (error) {
    const reason = reasonOf(error);
    return { status: "Failed", apply: () => end(context, work, failed(reason)) };
  }
}

/** @throws what is no refusal of the recordings. */
function reasonOf(error: unknown): FailureReason {
  if (error instanceof UnreadableRecordingError) {
    return "SpeakerVerificationFailed";
  }
  if (error instanceof VoiceFailure) {
    return error.reason;
  }
  throw error;
}

async function promptOf(context: CustomVoiceContext, work: Work): Promise<readonly Uint8Array[]> {
  const linked = inputSchema.safeParse(work.input);
  const files = linked.success
    ? await download(linked.data.audios)
    : context.store.recordings(ownerOf("personalvoices", work.resourceId));
  const recordings = await Promise.all(files.map((file) => decodeRecording(file, promptRules)));
  if (promptProblem(recordings) !== undefined) {
    throw new VoiceFailure("DataNotEnough");
  }
  const facts = { service: CUSTOM_VOICE, id: work.resourceId };
  const isOther = context.faults.take(facts, ["speaker-mismatch"]) !== undefined;
  if (isOther || recordings.every((recording) => "samples" in recording && isSilent(recording))) {
    throw new VoiceFailure("SpeakerVerificationFailed");
  }
  return files;
}

async function download(source: z.infer<typeof blobSourceSchema>): Promise<readonly Uint8Array[]> {
  try {
    const files = await listSourceFiles(source);
    const taken = files
      .filter(({ sizeBytes }) => sizeBytes > 0 && sizeBytes <= MAX_FILE_BYTES)
      .slice(0, MAX_FILES);
    return await Promise.all(taken.map((file) => file.read()));
  } catch {
    throw new VoiceFailure("InaccessibleCustomerStorage");
  }
}

function end(context: CustomVoiceContext, work: Work, change: Partial<PersonalVoice>): void {
  context.store.dropRecordings(work.owner);
  update(context, work.resourceId, change);
}

function failed(failureReason: FailureReason): Partial<PersonalVoice> {
  return { status: "Failed", properties: { failureReason } };
}

function update(context: CustomVoiceContext, id: string, change: Partial<PersonalVoice>): void {
  const voice = context.collections.personalvoices.get(id);
  if (voice !== undefined) {
    context.collections.personalvoices.put({ ...voice, ...change, lastActionDateTime: timestamp(context) });
  }
}
