import type { Outcome } from "../../stand-in/resource-api/long-running-work.ts";
import { updateJob } from "./batch-context.ts";
import type { BatchContext } from "./batch-context.ts";
import type { SpeakableInput } from "./input-ssml.ts";
import type { Job } from "./job.ts";
import type { InputResult } from "./speak-input.ts";
import type { Destination } from "./upload-results.ts";

/** Both in the order of the inputs. */
export interface SpokenJob {
  readonly inputs: readonly SpeakableInput[];
  readonly results: readonly InputResult[];
}

/** Where the results went, if the caller named a container. */
export type Delivery = Destination | "unwritable" | undefined;

export interface FinishedJob {
  readonly id: string;
  readonly spoken: SpokenJob;
  readonly destination: Delivery;
}

export function outcomeOf(context: BatchContext, { id, spoken, destination }: FinishedJob): Outcome {
  const error = errorOf(spoken, destination);
  return {
    status: error === undefined ? "Succeeded" : "Failed",
    apply: () => {
      context.inputs.delete(id);
      const stored = context.jobs.get(id);
      if (stored !== undefined && typeof destination === "object") {
        context.jobs.put({ ...stored, destination });
      }
      updateJob(context, id, ({ job }) => ({
        status: "Succeeded",
        properties: { ...job.properties, ...figuresOf(spoken) },
      }));
      if (error !== undefined) {
        failJob(context, id, error);
      }
    },
  };
}

function errorOf(
  { results }: SpokenJob,
  destination: Delivery,
): NonNullable<Job["properties"]["error"]> | undefined {
  if (destination === "unwritable") {
    return { code: "InaccessibleDestination", message: "The destination container cannot be written." };
  }
  return results.every(({ kind }) => kind === "failed")
    ? { code: "InvalidInput", message: "No input could be synthesized. See the summary." }
    : undefined;
}

export function failJob(
  context: BatchContext,
  id: string,
  error: NonNullable<Job["properties"]["error"]>,
): void {
  updateJob(context, id, ({ job }) => ({
    status: "Failed",
    properties: { ...job.properties, error },
  }));
}

function figuresOf({ inputs, results }: SpokenJob): Partial<Job["properties"]> {
  const spoken = results.filter((result) => result.kind === "succeeded");
  const billed = (kind: SpeakableInput["billedAs"]): number =>
    inputs
      .filter((input, index) => input.billedAs === kind && results[index]?.kind === "succeeded")
      .reduce((sum, input) => sum + input.billedCharacters, 0);
  return {
    sizeInBytes: spoken.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    succeededAudioCount: spoken.length,
    failedAudioCount: results.length - spoken.length,
    durationInMilliseconds: Math.round(spoken.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    billingDetails: {
      neuralCharacters: billed("neuralCharacters"),
      customNeuralCharacters: billed("customNeuralCharacters"),
      aoaiCharacters: 0,
      aoaiHDCharacters: 0,
      personalVoiceCharacters: billed("personalVoiceCharacters"),
    },
  };
}
