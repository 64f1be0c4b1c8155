import type { Busboy } from "@fastify/busboy";
import type { Hasher, RunningHash } from "../application/ports/hasher.ts";
import { ServiceError } from "../domain/errors/service-error.ts";
import type { Call } from "./call.ts";
import { FORM_LIMITS } from "./multipart.ts";

/** Takes a body as it comes and holds none of it. */
export interface RequestHash {
  /** Resolves when the next chunk may come. */
  update(chunk: Uint8Array): Promise<void>;
  /**
   * Ends the hash.
   *
   * @throws {@link ServiceError} `request-malformed`, `request-too-large` for a form that breaks off or has too many parts.
   */
  hex(): Promise<string>;
}

/**
 * The hash of what a request asks for: its query and its body. Of a form count the names, file names, types and
 * contents of its parts, not the boundary, which every client draws anew each time.
 */
export async function requestHash(
  { request, url }: Pick<Call, "request" | "url">,
  hasher: Hasher,
): Promise<RequestHash> {
  const hash = hasher.sha256();
  hash.update(utf8(url.search));
  const contentType = request.headers.get("content-type") ?? "";
  return /^multipart\/form-data\b/i.test(contentType)
    ? formHash(contentType, hash, hasher)
    : { update: async (chunk) => hash.update(chunk), hex: async () => hash.hex() };
}

async function formHash(contentType: string, hash: RunningHash, hasher: Hasher): Promise<RequestHash> {
  const { Busboy } = await import("@fastify/busboy");
  const parser = openParser(Busboy, contentType);
  const parts = partsOf(parser, hasher);
  let failure: unknown;
  const ended = new Promise<void>((resolve) => {
    const fail = (error: unknown): void => {
      failure ??= error;
      resolve();
    };
    parser.on("finish", resolve);
    parser.on("error", fail);
    for (const event of ["fieldsLimit", "filesLimit"] as const) {
      parser.on(event, () => fail(tooManyParts()));
    }
  });
  return {
    async update(chunk) {
      if (failure === undefined) {
        const written = new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
        await Promise.race([written, ended]);
      }
    },
    async hex() {
      if (failure === undefined) {
        parser.end();
        await ended;
      }
      if (failure !== undefined) {
        throw malformed(failure);
      }
      for (const part of parts) {
        hash.update(utf8(part.hex()));
      }
      return hash.hex();
    },
  };
}

/** One hash per part, in the order of the form. */
function partsOf(parser: Busboy, hasher: Hasher): readonly RunningHash[] {
  const parts: RunningHash[] = [];
  const begin = (labels: readonly unknown[]): RunningHash => {
    const part = hasher.sha256();
    part.update(utf8(hasher.sha256Hex(JSON.stringify(labels))));
    parts.push(part);
    return part;
  };
  parser.on("field", (name, value, ...[, isTruncated, encoding, mimeType]) => {
    begin(["field", name, mimeType, encoding, isTruncated]).update(utf8(value));
  });
  parser.on("file", (name, stream, ...labels) => {
    const part = begin(["file", name, ...labels]);
    stream.on("data", (chunk: Uint8Array) => part.update(chunk));
    stream.on("error", (error) => parser.emit("error", error));
  });
  return parts;
}

function openParser(Parser: typeof Busboy, contentType: string): Busboy {
  try {
    return new Parser({ headers: { "content-type": contentType }, limits: FORM_LIMITS });
  } catch (error) {
    throw malformed(error);
  }
}

function tooManyParts(): ServiceError {
  return new ServiceError("request-too-large", "The form has too many parts.");
}

function malformed(cause: unknown): ServiceError {
  if (cause instanceof ServiceError) {
    return cause;
  }
  return new ServiceError("request-malformed", "The body is not well-formed multipart/form-data.", { cause });
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
