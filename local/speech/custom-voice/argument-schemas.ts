import { z } from "zod";

export const uuidSchema = z.guid("An endpoint id must be a UUID.");

export const requiredText = z.string().trim().min(1, "The value must not be empty.");

export const localeSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})$/, "The locale is not valid.");

export const descriptiveFields = {
  displayName: z.string().optional(),
  description: z.string().optional(),
};

/** Where to read files: a SAS that allows reading and listing. */
export const blobSourceSchema = z.object({
  containerUrl: z.url({ protocol: /^https?$/, error: "The containerUrl is not a valid URL." }),
  prefix: z.string().optional(),
  extensions: z
    .array(z.string().regex(/^\.\w+$/, "An extension begins with a dot."))
    .min(1, "At least one extension is required."),
});

export type BlobSource = z.infer<typeof blobSourceSchema>;
