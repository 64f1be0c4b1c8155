import { z } from "zod";
import type { AudioFile } from "../../application/ports/custom-voice.ts";
import type { SampleSource } from "../../application/recordings/preflight-samples.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { oneOrMany } from "../form-fields.ts";

const MAX_FILES = 500;

/** Samples in the request, or an upload. */
export const sampleFields = {
  samples: oneOrMany(z.file({ error: "must be an audio file" }), { min: 1, max: MAX_FILES }).optional(),
  transcripts: z.file({ error: "must be a text file" }).optional(),
  uploadId: z.string().min(1).max(64).optional(),
};

interface SampleFieldValues {
  readonly samples?: readonly File[] | undefined;
  readonly transcripts?: File | undefined;
  readonly uploadId?: string | undefined;
}

/** @throws {@link ServiceError} `request-invalid` unless exactly one of `samples` and `uploadId` is given. */
export async function sampleSource(
  { samples, transcripts, uploadId }: SampleFieldValues,
  read: (file: File) => Promise<AudioFile>,
): Promise<SampleSource> {
  if (uploadId !== undefined && samples === undefined) {
    return { kind: "upload", uploadId };
  }
  if (samples === undefined || uploadId !== undefined) {
    throw new ServiceError("request-invalid", "Send either samples or an uploadId.", {
      errors: [{ field: "samples", message: "is needed, or uploadId instead, and never both" }],
    });
  }
  return {
    kind: "files",
    files: await Promise.all(samples.map(read)),
    transcripts: transcripts && (await read(transcripts)),
  };
}
