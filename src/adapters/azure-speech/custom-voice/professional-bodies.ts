import type {
  EndpointInput,
  ModelInput,
  TrainingDataInput,
} from "../../../application/ports/custom-voice.ts";

export function trainingDataBody({ audio, scripts }: TrainingDataInput): object {
  return {
    kind: "AudioAndScript",
    processAs: "Segmented",
    audios: { ...audio, extensions: [".wav"] },
    scripts: { ...scripts, extensions: [".txt"] },
  };
}

/** The Default recipe takes no locale; the others name the model's. */
export function modelBody(input: ModelInput): object {
  const { voiceName, projectId, consentId, trainingSetId, recipe, locale, presetStyles } = input;
  return {
    voiceName,
    projectId,
    consentId,
    trainingSetId,
    recipe: { kind: recipe },
    ...(recipe !== "Default" && { locale }),
    ...(recipe === "MultiStyle" && { properties: { presetStyles } }),
  };
}

export function endpointBody({ projectId, modelId, kind }: EndpointInput): object {
  return { projectId, modelId, properties: { kind } };
}
