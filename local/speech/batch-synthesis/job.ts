import { z } from "zod";

/** Shapes of batch synthesis `2024-04-01` as they are kept. */

const propertiesSchema = z.object({
  timeToLiveInHours: z.int(),
  outputFormat: z.string(),
  concatenateResult: z.boolean(),
  decompressOutputFiles: z.boolean(),
  wordBoundaryEnabled: z.boolean(),
  sentenceBoundaryEnabled: z.boolean(),
  destinationPath: z.string().optional(),
  sizeInBytes: z.int().optional(),
  succeededAudioCount: z.int().optional(),
  failedAudioCount: z.int().optional(),
  durationInMilliseconds: z.int().optional(),
  billingDetails: z
    .object({
      neuralCharacters: z.int(),
      customNeuralCharacters: z.int(),
      aoaiCharacters: z.int(),
      aoaiHDCharacters: z.int(),
      personalVoiceCharacters: z.int(),
    })
    .optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});

/** How plain text is spoken. */
export const synthesisConfigSchema = z.object({
  voice: z.string().min(1),
  speakerProfileId: z.guid().optional(),
  style: z.string().optional(),
  styleDegree: z.number().min(0.01).max(2).optional(),
  role: z.string().optional(),
  rate: z.string().optional(),
  pitch: z.string().optional(),
  volume: z.string().optional(),
});

/** What a client sees of a job, but for its outputs, whose URLs depend on who asks. */
const jobSchema = z.object({
  id: z.string(),
  internalId: z.string(),
  description: z.string().optional(),
  status: z.enum(["NotStarted", "Running", "Succeeded", "Failed"]),
  createdDateTime: z.string(),
  lastActionDateTime: z.string(),
  inputKind: z.enum(["PlainText", "SSML"]),
  synthesisConfig: synthesisConfigSchema.optional(),
  customVoices: z.record(z.string(), z.guid()),
  properties: propertiesSchema,
});

export const storedJobSchema = z.object({
  id: z.string(),
  job: jobSchema,
  /** What a URL of the results must carry. */
  signature: z.string(),
  /** In the caller's own container; missing while there is nothing, or it lies with the service. */
  destination: z.object({ result: z.string(), summary: z.string() }).optional(),
});

export const storedInputsSchema = z.object({
  id: z.string(),
  contents: z.array(z.string()),
  destinationContainerUrl: z.string().optional(),
});

export type Job = z.infer<typeof jobSchema>;
export type StoredJob = z.infer<typeof storedJobSchema>;
export type StoredInputs = z.infer<typeof storedInputsSchema>;
export type SynthesisConfig = z.infer<typeof synthesisConfigSchema>;
