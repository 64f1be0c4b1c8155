import type { Recipe } from "../../domain/voice/recipe.ts";

/** State of something that Azure makes in the background. */
export type MakingState =
  | { readonly state: "running" }
  | { readonly state: "succeeded" }
  /** `reason` is Azure's failure reason, for example `AudioAndScriptNotMatch`. */
  | { readonly state: "failed"; readonly reason: string };

export interface AudioFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface ConsentInput {
  readonly id: string;
  readonly projectId: string;
  readonly voiceTalentName: string;
  readonly companyName: string;
  readonly locale: string;
  readonly recording: AudioFile;
}

export interface PersonalVoiceInput {
  readonly id: string;
  readonly projectId: string;
  readonly consentId: string;
  readonly recordings: readonly AudioFile[];
}

export interface TrainingSetInput {
  readonly id: string;
  readonly projectId: string;
  readonly locale: string;
}

/** Where Azure finds recordings and their transcripts, through links that allow reading and listing. */
export interface TrainingDataInput {
  readonly trainingSetId: string;
  readonly audio: { readonly containerUrl: string; readonly prefix: string };
  readonly scripts: { readonly containerUrl: string; readonly prefix: string };
}

export interface ModelInput {
  readonly id: string;
  readonly projectId: string;
  readonly consentId: string;
  readonly trainingSetId: string;
  readonly voiceName: string;
  readonly recipe: Recipe;
  /** Language of the model. */
  readonly locale: string;
  readonly presetStyles: readonly string[];
}

export interface EndpointInput {
  /** A UUID. */
  readonly id: string;
  readonly projectId: string;
  readonly modelId: string;
  readonly kind: "HighPerformance" | "FastResume";
}

/** State of an endpoint deployment; a suspended one costs nothing and cannot speak. */
export type EndpointState = MakingState | { readonly state: "suspended" };

/**
 * Azure's custom voice service. Making what is already there changes nothing and succeeds; deleting what is not there
 * succeeds: every call may be repeated.
 *
 * @throws {@link ServiceError} `custom-voice-not-approved`, `custom-voice-refused`, `speech-unauthorized` (not
 * retryable), `speech-throttled`, `custom-voice-unavailable` (retryable).
 */
export interface CustomVoiceService {
  createProject(id: string, kind: "personal" | "professional"): Promise<void>;
  createConsent(input: ConsentInput): Promise<void>;
  consentState(id: string): Promise<MakingState>;
  createPersonalVoice(input: PersonalVoiceInput): Promise<void>;
  personalVoiceState(id: string): Promise<MakingState & { readonly speakerProfileId: string | undefined }>;
  createTrainingSet(input: TrainingSetInput): Promise<void>;
  /** Adds the data of a set that has none yet. */
  uploadTrainingData(input: TrainingDataInput): Promise<void>;
  trainingSetState(id: string): Promise<MakingState & { readonly utteranceCount: number }>;
  /** @throws {@link ServiceError} `speech-throttled` also while as many models are trained as may be. */
  createModel(input: ModelInput): Promise<void>;
  /** `secondaryLocales`: what the model speaks beside its own locale. */
  modelState(id: string): Promise<MakingState & { readonly secondaryLocales: readonly string[] }>;
  createEndpoint(input: EndpointInput): Promise<void>;
  endpointState(id: string): Promise<EndpointState>;
  suspendEndpoint(id: string): Promise<void>;
  resumeEndpoint(id: string): Promise<void>;
  deleteEndpoint(id: string): Promise<void>;
  deleteModel(id: string): Promise<void>;
  deleteTrainingSet(id: string): Promise<void>;
  deletePersonalVoice(id: string): Promise<void>;
  deleteConsent(id: string): Promise<void>;
  deleteProject(id: string): Promise<void>;
}
