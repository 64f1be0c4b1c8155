import { z } from "zod";
import type { AudioFile } from "../application/ports/custom-voice.ts";

/** A form field that may occur once or several times, always read as a list. */
export function oneOrMany<T extends z.ZodType>(
  item: T,
  bounds: { readonly min: number; readonly max: number },
) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).min(bounds.min).max(bounds.max),
  );
}

/** A field that is an object in a JSON body and JSON text in a form. */
export function jsonField<T extends z.ZodType>(schema: T) {
  return z.preprocess((value, context) => {
    if (typeof value !== "string") {
      return value;
    }
    try {
      const parsed: unknown = JSON.parse(value);
      return parsed;
    } catch {
      context.addIssue({ code: "custom", message: "is not well-formed JSON" });
      return z.NEVER;
    }
  }, schema);
}

/** An uploaded file as use cases take it. */
export async function audioFile(file: File): Promise<AudioFile> {
  return { fileName: file.name, contentType: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}
