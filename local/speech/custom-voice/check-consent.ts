import { z } from "zod";
import type { Outcome, Task, Work } from "../../stand-in/resource-api/long-running-work.ts";
import { ownerOf } from "./collections.ts";
import { CUSTOM_VOICE, timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { promptRules } from "./recording-rules.ts";
import { decodeRecording, durationMsOf, isSilent } from "./recording.ts";
import type { Consent } from "./resources.ts";

/** Nobody can say the statement in less. */
const MIN_STATEMENT_MS = 1500;
const DOWNLOAD_TIMEOUT_MS = 30_000;
const DOWNLOAD_LIMIT_BYTES = 31_457_280;

const inputSchema = z.object({ audioUrl: z.string() });

type FailureReason = "AudioAndScriptNotMatch" | "Internal";

/** Checks a recorded statement as far as that goes without hearing its words: sound of sufficient length. */
export function checkConsentTask(context: CustomVoiceContext): Task {
  return {
    begin: ({ resourceId }) => update(context, resourceId, { status: "Running" }),
    finish: (work) => finish(context, work),
    fail: ({ resourceId }) => update(context, resourceId, failed("Internal")),
  };
}

async function finish(context: CustomVoiceContext, work: Work): Promise<Outcome> {
  const failureReason = await failureReasonOf(context, work);
  const status = failureReason === undefined ? "Succeeded" : "Failed";
  return {
    status,
    apply: () => {
      context.store.dropRecordings(work.owner);
      update(context, work.resourceId, failureReason === undefined ? { status } : failed(failureReason));
    },
  };
}

async function failureReasonOf(context: CustomVoiceContext, work: Work): Promise<FailureReason | undefined> {
  const bytes = await statementOf(context, work);
  if (bytes === undefined) {
    return "Internal";
  }
  const recording = await decodeRecording(bytes, promptRules);
  const isHeard =
    "samples" in recording && durationMsOf(recording) >= MIN_STATEMENT_MS && !isSilent(recording);
  const consent = context.collections.consents.get(work.resourceId);
  const facts = { service: CUSTOM_VOICE, id: work.resourceId, locale: consent?.locale };
  const isMismatch = context.faults.take(facts, ["consent-mismatch"]) !== undefined;
  return isHeard && !isMismatch ? undefined : "AudioAndScriptNotMatch";
}

/** @returns undefined when the audio cannot be had. */
async function statementOf(context: CustomVoiceContext, work: Work): Promise<Uint8Array | undefined> {
  const linked = inputSchema.safeParse(work.input);
  if (!linked.success) {
    return context.store.recordings(ownerOf("consents", work.resourceId))[0];
  }
  try {
    const answer = await fetch(linked.data.audioUrl, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    const sizeBytes = Number(answer.headers.get("content-length") ?? Number.NaN);
    if (!answer.ok || !(sizeBytes <= DOWNLOAD_LIMIT_BYTES)) {
      await answer.body?.cancel();
      return undefined;
    }
    return await answer.bytes();
  } catch {
    return undefined;
  }
}

function failed(failureReason: FailureReason): Partial<Consent> {
  return { status: "Failed", properties: { failureReason } };
}

function update(context: CustomVoiceContext, id: string, change: Partial<Consent>): void {
  const consent = context.collections.consents.get(id);
  if (consent !== undefined) {
    context.collections.consents.put({ ...consent, ...change, lastActionDateTime: timestamp(context) });
  }
}
