import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ServiceError } from "../domain/errors/service-error.ts";
import { bodyChunks } from "./body-chunks.ts";
import { bodyTooLarge } from "./body-too-large.ts";

/** Of every form, whichever route takes it. */
export const FORM_LIMITS = { fields: 100, files: 500, fieldSize: 64 * 1024 };

type FormValue = string | File;

/**
 * Reads a form into `{name: value | [values]}`; a file is a `File` with the name and type that the client gave.
 *
 * @throws {@link ServiceError} `request-malformed`, `request-too-large`, `request-timed-out`.
 */
export async function readMultipart(
  request: Request,
  maxBytes: number,
): Promise<Record<string, FormValue | readonly FormValue[]>> {
  const values = new Map<string, FormValue[]>();
  const add = (name: string, value: FormValue): void => {
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  try {
    await parseForm(request, maxBytes, add);
  } catch (error) {
    if (error instanceof ServiceError) {
      throw error;
    }
    throw new ServiceError("request-malformed", "The body is not well-formed multipart/form-data.");
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? "") : all] as const),
  );
}

async function parseForm(
  request: Request,
  maxBytes: number,
  add: (name: string, value: FormValue) => void,
): Promise<void> {
  const { Busboy } = await import("@fastify/busboy");
  const parser = new Busboy({
    headers: { "content-type": request.headers.get("content-type") ?? "" },
    limits: { ...FORM_LIMITS, fileSize: maxBytes },
  });
  parser.on("field", (name, value, ...[, valueTruncated]) => {
    if (valueTruncated) {
      parser.destroy(bodyTooLarge(FORM_LIMITS.fieldSize));
      return;
    }
    add(name, value);
  });
  parser.on("file", (name, stream, ...[filename, , mimeType]) => {
    const chunks: Buffer<ArrayBuffer>[] = [];
    stream.on("data", (chunk: Buffer<ArrayBuffer>) => chunks.push(chunk));
    stream.on("error", (error) => parser.destroy(error));
    stream.on("end", () => add(name, new File(chunks, filename ?? "", { type: mimeType })));
  });
  for (const event of ["fieldsLimit", "filesLimit", "partsLimit"] as const) {
    parser.on(event, () =>
      parser.destroy(new ServiceError("request-too-large", "The form has too many parts.")),
    );
  }
  await pipeline(Readable.from(bodyChunks(request, maxBytes)), parser);
}
