import { encodeWav } from "../../stand-in/encode-wav.ts";
import type { Outcome, Task, Work } from "../../stand-in/resource-api/long-running-work.ts";
import { ownerOf } from "./collections.ts";
import { timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { datasetSchema } from "./dataset.ts";
import type { Dataset } from "./dataset.ts";
import { readDataset } from "./read-dataset.ts";
import { durationMsOf } from "./recording.ts";
import type { Recording } from "./recording.ts";
import type { TrainingSet } from "./resources.ts";
import { UPLOAD_TASK } from "./training-sets.ts";

/** How much audio of a training set is kept, to measure the speaker when a model is trained. */
const MAX_EXCERPT_MS = 60_000;

interface UploadedData {
  readonly names: string[];
  readonly excerpts: Recording[];
  utteranceCount: number;
  durationMs: number;
  excerptMs: number;
}

/** Reads the blobs of a dataset, counts what is usable and adds it to its training set. */
export function processUploadTask(context: CustomVoiceContext): Task {
  return {
    begin: () => undefined,
    finish: (work) => finish(context, work),
    fail: ({ resourceId }) => update(context, resourceId, { status: "Failed" }),
  };
}

async function finish(context: CustomVoiceContext, work: Work): Promise<Outcome> {
  const dataset = datasetSchema.parse(work.input);
  const data = await readUploadedData(context, dataset, work.resourceId);
  if (data === undefined || data.utteranceCount === 0) {
    return { status: "Failed", apply: () => update(context, work.resourceId, { status: "Failed" }) };
  }
  return {
    status: "Succeeded",
    apply: () => add(context, work, { data, isContextual: dataset.processAs === "Contextual" }),
  };
}

/** Data whose name the set holds already is dropped. @returns undefined when the storage cannot be read. */
async function readUploadedData(
  context: CustomVoiceContext,
  dataset: Dataset,
  setId: string,
): Promise<UploadedData | undefined> {
  const known = context.collections.trainingdata.get(setId);
  const names = new Set(known?.names);
  const data: UploadedData = {
    names: [],
    excerpts: [],
    utteranceCount: 0,
    durationMs: 0,
    excerptMs: known?.excerptMs ?? 0,
  };
  try {
    for await (const { name, recording, utteranceCount } of readDataset(dataset)) {
      if (!names.has(name)) {
        names.add(name);
        data.names.push(name);
        data.utteranceCount += utteranceCount;
        data.durationMs += durationMsOf(recording);
        keepExcerpt(data, recording);
      }
    }
    return data;
  } catch {
    return undefined;
  }
}

function keepExcerpt(data: UploadedData, { samples, sampleRateHz }: Recording): void {
  const remainingMs = MAX_EXCERPT_MS - data.excerptMs;
  if (remainingMs > 0) {
    const excerpt = { samples: samples.slice(0, (remainingMs / 1000) * sampleRateHz), sampleRateHz };
    data.excerpts.push(excerpt);
    data.excerptMs += durationMsOf(excerpt);
  }
}

interface Addition {
  readonly data: UploadedData;
  readonly isContextual: boolean;
}

function add(context: CustomVoiceContext, work: Work, { data, isContextual }: Addition): void {
  const { store, collections } = context;
  const set = collections.trainingsets.get(work.resourceId);
  if (set === undefined) {
    return;
  }
  for (const { samples, sampleRateHz } of data.excerpts) {
    store.addRecording(ownerOf("trainingsets", set.id), encodeWav(samples, sampleRateHz));
  }
  const names = [...(collections.trainingdata.get(set.id)?.names ?? []), ...data.names];
  collections.trainingdata.put({ id: set.id, names, excerptMs: data.excerptMs });
  const isLast = !context.work
    .pending(UPLOAD_TASK)
    .some((other) => other.id !== work.id && other.resourceId === set.id);
  update(context, set.id, {
    status: isLast ? "Succeeded" : "Running",
    properties: {
      utteranceCount: set.properties.utteranceCount + data.utteranceCount,
      durationInSeconds: set.properties.durationInSeconds + data.durationMs / 1000,
      isContextual: set.properties.isContextual || isContextual,
    },
  });
}

function update(context: CustomVoiceContext, id: string, change: Partial<TrainingSet>): void {
  const set = context.collections.trainingsets.get(id);
  if (set !== undefined) {
    context.collections.trainingsets.put({ ...set, ...change, lastActionDateTime: timestamp(context) });
  }
}
