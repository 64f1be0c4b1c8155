import { z } from "zod";

/** Shapes of the custom voice API `2026-01-01` as they are kept and answered. Write-only properties are not among them. */

const creationStatus = z.enum(["NotStarted", "Running", "Succeeded", "Failed"]);
const endpointStatus = z.enum([...creationStatus.options, "Disabling", "Disabled"]);

const named = {
  id: z.string(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  createdDateTime: z.string(),
};

const making = { status: creationStatus, lastActionDateTime: z.string() };

export const projectSchema = z.object({
  ...named,
  kind: z.enum(["ProfessionalVoice", "PersonalVoice"]),
  locale: z.string().optional(),
});

export const consentSchema = z.object({
  ...named,
  ...making,
  voiceTalentName: z.string(),
  companyName: z.string(),
  locale: z.string(),
  projectId: z.string(),
  properties: z.object({ failureReason: z.enum(["AudioAndScriptNotMatch", "Internal"]) }).optional(),
});

export const personalVoiceSchema = z.object({
  ...named,
  ...making,
  speakerProfileId: z.string(),
  projectId: z.string(),
  consentId: z.string(),
  properties: z.object({ failureReason: z.string() }).optional(),
});

export const trainingSetSchema = z.object({
  ...named,
  ...making,
  locale: z.string(),
  voiceKind: z.enum(["Male", "Female"]).optional(),
  projectId: z.string(),
  properties: z.object({
    utteranceCount: z.int(),
    durationInSeconds: z.number(),
    isContextual: z.boolean(),
  }),
});

export const modelFailureReasons = z.enum([
  "InaccessibleCustomerStorage",
  "SpeakerVerificationFailed",
  "TerminateByUser",
  "Internal",
  "DataNotReady",
  "DataNotEnough",
]);

export const recipeChoiceSchema = z.object({ kind: z.string(), version: z.string().optional() });

export const modelSchema = z.object({
  id: z.string(),
  voiceName: z.string(),
  description: z.string().optional(),
  recipe: recipeChoiceSchema,
  locale: z.string(),
  projectId: z.string(),
  consentId: z.string(),
  trainingSetId: z.string(),
  properties: z
    .object({
      presetStyles: z.array(z.string()).optional(),
      styleTrainingSetIds: z.record(z.string(), z.string()).optional(),
      voiceStyles: z.array(z.string()).optional(),
      failureReason: modelFailureReasons.optional(),
      failedTrainingsets: z.array(z.string()).optional(),
      secondaryLocales: z.array(z.string()).optional(),
    })
    .optional(),
  engineVersion: z.string(),
  createdDateTime: z.string(),
  ...making,
});

export const endpointSchema = z.object({
  ...named,
  projectId: z.string(),
  modelId: z.string(),
  properties: z.object({ kind: z.enum(["HighPerformance", "FastResume"]) }),
  status: endpointStatus,
  lastActionDateTime: z.string(),
});

export type Project = z.infer<typeof projectSchema>;
export type Consent = z.infer<typeof consentSchema>;
export type PersonalVoice = z.infer<typeof personalVoiceSchema>;
export type TrainingSet = z.infer<typeof trainingSetSchema>;
export type Model = z.infer<typeof modelSchema>;
export type Endpoint = z.infer<typeof endpointSchema>;
