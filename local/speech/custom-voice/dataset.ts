import { z } from "zod";
import { badArgument, parseArguments } from "../../stand-in/resource-api/refusals.ts";
import { blobSourceSchema, descriptiveFields } from "./argument-schemas.ts";

export const datasetSchema = z.object({
  ...descriptiveFields,
  kind: z.enum(["AudioAndScript", "LongAudio", "AudioOnly"]),
  processAs: z.enum(["Segmented", "Contextual"]).default("Segmented"),
  audios: blobSourceSchema,
  scripts: blobSourceSchema.optional(),
});

/** What a training set is fed with. `scripts` is there unless the kind is `AudioOnly`. */
export type Dataset = z.infer<typeof datasetSchema>;

/** Where the service can cut long recordings into utterances. */
const SEGMENTED_LOCALES: ReadonlySet<string> = new Set([
  "zh-CN",
  "zh-HK",
  "zh-TW",
  "en-GB",
  "en-IN",
  "en-US",
  "fr-FR",
  "de-DE",
  "hi-IN",
  "it-IT",
  "ja-JP",
  "pt-BR",
  "es-ES",
  "es-MX",
]);

const CONTEXTUAL_LOCALES: ReadonlySet<string> = new Set(["zh-CN", "en-US"]);

/** @throws {@link Refusal} 400 when the data cannot belong to a training set of this locale. */
export function parseDataset(body: unknown, locale: string): Dataset {
  const dataset = parseArguments(datasetSchema, body);
  if (dataset.kind !== "AudioOnly" && dataset.scripts === undefined) {
    throw badArgument("scripts", "The scripts field is required.");
  }
  if (dataset.kind !== "AudioAndScript" && !SEGMENTED_LOCALES.has(locale)) {
    throw badArgument("kind", `The kind ${dataset.kind} is not supported for the locale ${locale}.`);
  }
  if (dataset.processAs === "Contextual" && !CONTEXTUAL_LOCALES.has(locale)) {
    throw badArgument("processAs", `Contextual is not supported for the locale ${locale}.`);
  }
  return dataset;
}
