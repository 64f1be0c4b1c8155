import type { Outcome, Task, Work } from "../../stand-in/resource-api/long-running-work.ts";
import type { Speaker } from "../speech-state.ts";
import { UnreadableRecordingError } from "../voice/unreadable-recording-error.ts";
import { ownerOf } from "./collections.ts";
import { CUSTOM_VOICE, timestamp } from "./context.ts";
import type { CustomVoiceContext } from "./context.ts";
import { RECIPES } from "./recipes.ts";
import type { Model } from "./resources.ts";

type FailureReason = NonNullable<NonNullable<Model["properties"]>["failureReason"]>;

interface TrainingFailure {
  readonly reason: FailureReason;
  readonly setIds?: string[];
}

/** Checks the amounts a recipe asks for and measures the speaker of the training set. */
export function trainModelTask(context: CustomVoiceContext): Task {
  return {
    begin: ({ resourceId }) => update(context, resourceId, () => ({ status: "Running" })),
    finish: (work) => finish(context, work),
    fail: ({ resourceId }) => fail(context, resourceId, { reason: "Internal" }),
  };
}

async function finish(context: CustomVoiceContext, work: Work): Promise<Outcome> {
  const model = context.collections.models.get(work.resourceId);
  const failure = model === undefined ? undefined : failureOf(context, model);
  if (model === undefined || failure !== undefined) {
    const reason = failure ?? { reason: "TerminateByUser" };
    return { status: "Failed", apply: () => fail(context, work.resourceId, reason) };
  }
  const speaker = await measure(context, model);
  if (speaker === undefined) {
    const reason = { reason: "SpeakerVerificationFailed" } as const;
    return { status: "Failed", apply: () => fail(context, model.id, reason) };
  }
  return {
    status: "Succeeded",
    apply: () => {
      context.collections.speakers.put({ id: work.owner, speaker });
      update(context, model.id, ({ properties }) => ({
        status: "Succeeded",
        properties: { ...properties, voiceStyles: stylesOf(properties), ...secondaryLocalesOf(model) },
      }));
    },
  };
}

/** @returns undefined when there is no voice in the training set. */
async function measure(context: CustomVoiceContext, model: Model): Promise<Speaker | undefined> {
  try {
    return await context.enroll(context.store.recordings(ownerOf("trainingsets", model.trainingSetId)));
  } catch (error) {
    if (error instanceof UnreadableRecordingError) {
      return undefined;
    }
    throw error;
  }
}

function failureOf(context: CustomVoiceContext, model: Model): TrainingFailure | undefined {
  const facts = { service: CUSTOM_VOICE, id: model.id };
  const fault = context.faults.take(facts, ["training-failure"]);
  if (fault !== undefined) {
    return { reason: fault.reason };
  }
  const recipe = RECIPES.find(({ kind, version }) => isChoice(model, kind, version));
  const styleSetIds = Object.values(model.properties?.styleTrainingSetIds ?? {});
  const minima = [
    { setId: model.trainingSetId, minCount: recipe?.minUtteranceCount ?? 0 },
    ...styleSetIds.map((setId) => ({ setId, minCount: recipe?.minStyleUtteranceCount ?? 0 })),
  ];
  const sets = minima.map(({ setId, minCount }) => ({
    setId,
    minCount,
    set: context.collections.trainingsets.get(setId),
  }));
  const unready = sets.filter(({ set }) => set?.status !== "Succeeded");
  if (unready.length > 0) {
    return { reason: "DataNotReady", setIds: unready.map(({ setId }) => setId) };
  }
  const small = sets.filter(({ set, minCount }) => (set?.properties.utteranceCount ?? 0) < minCount);
  return small.length > 0 ? { reason: "DataNotEnough", setIds: small.map(({ setId }) => setId) } : undefined;
}

function isChoice({ recipe }: Model, kind: string, version: string): boolean {
  return recipe.kind === kind && recipe.version === version;
}

function secondaryLocalesOf({ recipe, locale }: Model): { readonly secondaryLocales?: string[] } {
  const { modelLocales = [] } = RECIPES.find(({ kind }) => kind === recipe.kind) ?? {};
  return recipe.kind === "HD" ? { secondaryLocales: modelLocales.filter((other) => other !== locale) } : {};
}

function stylesOf(properties: Model["properties"]): string[] {
  return [
    "general",
    ...(properties?.presetStyles ?? []),
    ...Object.keys(properties?.styleTrainingSetIds ?? {}),
  ];
}

function fail(context: CustomVoiceContext, id: string, { reason, setIds }: TrainingFailure): void {
  update(context, id, ({ properties }) => ({
    status: "Failed",
    properties: { ...properties, failureReason: reason, ...(setIds && { failedTrainingsets: setIds }) },
  }));
}

function update(context: CustomVoiceContext, id: string, change: (model: Model) => Partial<Model>): void {
  const model = context.collections.models.get(id);
  if (model !== undefined) {
    context.collections.models.put({
      ...model,
      ...change(model),
      lastActionDateTime: timestamp(context),
    });
  }
}
