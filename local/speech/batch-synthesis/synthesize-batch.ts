import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome, Task, Work } from "../../stand-in/resource-api/long-running-work.ts";
import { findOutputFormat } from "../audio/output-format.ts";
import { BATCH_SERVICE, SPEAK_INPUT, updateJob } from "./batch-context.ts";
import type { BatchContext } from "./batch-context.ts";
import { speakableInput } from "./input-ssml.ts";
import { failJob, outcomeOf } from "./job-outcome.ts";
import type { Delivery, SpokenJob } from "./job-outcome.ts";
import type { Job, StoredInputs } from "./job.ts";
import { fileNameOf, packResults } from "./result-files.ts";
import { speakInput } from "./speak-input.ts";
import type { InputResult } from "./speak-input.ts";
import { uploadResults } from "./upload-results.ts";
import { writeResults } from "./write-results.ts";

const SIMULTANEOUS_INPUTS = 4;

/** Speaks the inputs of a job and lays down their results. */
export function synthesizeBatchTask(context: BatchContext): Task {
  return {
    begin: ({ resourceId }) => updateJob(context, resourceId, () => ({ status: "Running" })),
    finish: (work, signal) => finish(context, work, signal),
    fail: ({ resourceId }) => {
      context.inputs.delete(resourceId);
      const error = { code: "InternalServerError", message: "Internal server error." };
      failJob(context, resourceId, error);
    },
  };
}

async function finish(context: BatchContext, work: Work, signal: AbortSignal): Promise<Outcome> {
  const stored = context.jobs.get(work.resourceId);
  const inputs = context.inputs.get(work.resourceId);
  if (stored === undefined || inputs === undefined) {
    return { status: "Failed", apply: () => undefined };
  }
  const { job } = stored;
  const directory = join(context.resultsDirectory, job.internalId);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const spoken = await speakAll({ context, job, inputs, directory }, signal);
  await writeResults(directory, job, { ...spoken, contents: inputs.contents });
  if (!job.properties.decompressOutputFiles) {
    await packResults(directory, new Date(context.clock.now()));
  }
  const destination = await deliver(directory, job, inputs);
  if (context.jobs.get(stored.id) === undefined) {
    await rm(directory, { recursive: true, force: true });
  }
  return outcomeOf(context, { id: stored.id, spoken, destination });
}

interface SpeakingJob {
  readonly context: BatchContext;
  readonly job: Job;
  readonly inputs: StoredInputs;
  readonly directory: string;
}

async function speakAll(speaking: SpeakingJob, signal: AbortSignal): Promise<SpokenJob> {
  const { context, job, directory } = speaking;
  const { outputFormat } = job.properties;
  const inputs = speaking.inputs.contents.map((content) => speakableInput(job, content));
  const results: InputResult[] = [];
  for (let start = 0; start < inputs.length; start += SIMULTANEOUS_INPUTS) {
    const group = inputs
      .slice(start, start + SIMULTANEOUS_INPUTS)
      .map((input, index): Promise<InputResult> => {
        const audioFileName = fileNameOf(start + index, extensionOf(outputFormat));
        if (isRefused(context, job.id, start + index)) {
          return Promise.resolve({ kind: "failed", message: "The input is refused." });
        }
        context.control.calls.add({ service: BATCH_SERVICE, operation: SPEAK_INPUT });
        return speakInput(context.speak, { input, outputFormat, directory, audioFileName }, signal);
      });
    results.push(...(await Promise.all(group)));
  }
  return { inputs, results };
}

function isRefused({ control }: BatchContext, id: string, index: number): boolean {
  const facts = { service: BATCH_SERVICE, id, input: String(index + 1) };
  return control.faults.take(facts, ["refuse-input"]) !== undefined;
}

function extensionOf(outputFormat: string): string {
  const format = findOutputFormat(outputFormat);
  if (format?.codec === "mp3") {
    return "mp3";
  }
  return format?.container === "riff" ? "wav" : (format?.container ?? "raw");
}

async function deliver(directory: string, job: Job, inputs: StoredInputs): Promise<Delivery> {
  if (inputs.destinationContainerUrl === undefined) {
    return undefined;
  }
  try {
    const path = job.properties.destinationPath ?? "";
    return await uploadResults(directory, inputs.destinationContainerUrl, path);
  } catch {
    return "unwritable";
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
