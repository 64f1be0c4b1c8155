import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { Refusal } from "./refusal.ts";

export interface FormFile {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

export interface Form {
  /** Of a repeated name, all values in order. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly FormFile[];
}

/**
 * Parses a multipart form. A part is a file when it has a file name or its name is one of `fileNames`, in any case.
 *
 * @throws {@link Refusal} 400 when it is not a well-formed form.
 */
export async function parseForm(
  body: Buffer,
  contentType: string,
  fileNames: readonly string[] = [],
): Promise<Form> {
  const fields = new Map<string, readonly string[]>();
  const files: Promise<FormFile>[] = [];
  try {
    const parser = new Busboy({
      headers: { "content-type": contentType },
      isPartAFile: (name, _type, fileName) =>
        fileName !== undefined || fileNames.includes((name ?? "").toLowerCase()),
    });
    parser.on("field", (name, value) => void fields.set(name, [...(fields.get(name) ?? []), value]));
    parser.on("file", (name, stream, fileName) => void files.push(readFile(stream, { name, fileName })));
    await pipeline(Readable.from([body]), parser);
    return { fields, files: await Promise.all(files) };
  } catch {
    throw new Refusal({ status: 400, code: "BadRequest" }, "The request body is not a valid multipart form.");
  }
}

async function readFile(
  stream: Readable,
  file: { readonly name: string; readonly fileName: string | undefined },
): Promise<FormFile> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
  }
  return { name: file.name, fileName: file.fileName ?? "", bytes: Buffer.concat(chunks) };
}
