import { z } from "zod";
import { badRequest } from "../../stand-in/resource-api/refusals.ts";
import { findOutputFormat } from "../audio/output-format.ts";
import { synthesisConfigSchema } from "./job.ts";

const MAX_INPUTS = 10_000;
const MAX_LIFETIME_HOURS = 744;
const DEFAULT_LIFETIME_HOURS = 168;

const newJobSchema = z.object({
  description: z.string().optional(),
  inputKind: z
    .string()
    .regex(/^(plaintext|ssml)$/i)
    .transform((kind) => (kind.toLowerCase() === "ssml" ? "SSML" : "PlainText")),
  inputs: z
    .array(z.object({ content: z.string().min(1) }))
    .min(1)
    .max(MAX_INPUTS),
  synthesisConfig: synthesisConfigSchema.extend({ backgroundAudio: z.unknown().optional() }).optional(),
  customVoices: z.record(z.string(), z.guid()).default({}),
  properties: z
    .object({
      timeToLiveInHours: z.int().min(1).max(MAX_LIFETIME_HOURS).default(DEFAULT_LIFETIME_HOURS),
      outputFormat: z.string().default("riff-24khz-16bit-mono-pcm"),
      concatenateResult: z.boolean().default(false),
      decompressOutputFiles: z.boolean().default(false),
      wordBoundaryEnabled: z.boolean().default(false),
      sentenceBoundaryEnabled: z.boolean().default(false),
      destinationContainerUrl: z.url({ protocol: /^https?$/ }).optional(),
      destinationPath: z.string().optional(),
    })
    .prefault({}),
});

export type NewJob = z.infer<typeof newJobSchema>;

/** @throws {@link Refusal} 400 for the first thing that is wrong. */
export function parseNewJob(body: unknown): NewJob {
  const parsed = newJobSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const target = issue?.path.map(String).join(".") || "request body";
    const isMissing = issue?.message.endsWith("received undefined") === true;
    throw badRequest(`The ${target} is ${isMissing ? "required" : "invalid"}.`);
  }
  checkVoice(parsed.data);
  checkOutput(parsed.data.properties);
  return parsed.data;
}

function checkVoice({ inputKind, synthesisConfig }: NewJob): void {
  if (inputKind === "PlainText" && synthesisConfig === undefined) {
    throw badRequest("The synthesisConfig is required.");
  }
  if (synthesisConfig?.backgroundAudio !== undefined) {
    throw badRequest("The synthesisConfig.backgroundAudio is not imitated by this stand-in.");
  }
}

function checkOutput(properties: NewJob["properties"]): void {
  const { outputFormat, destinationContainerUrl, destinationPath } = properties;
  const format = findOutputFormat(outputFormat);
  if (format === undefined) {
    throw badRequest("The properties.outputFormat is invalid.");
  }
  if (properties.concatenateResult && format.container === "webm") {
    throw badRequest("The properties.concatenateResult is not imitated by this stand-in for WebM.");
  }
  if (properties.decompressOutputFiles && destinationContainerUrl === undefined) {
    throw badRequest("The properties.destinationContainerUrl is required to decompress output files.");
  }
  if (destinationPath !== undefined && destinationContainerUrl === undefined) {
    throw badRequest("The properties.destinationContainerUrl is required with a destinationPath.");
  }
}
