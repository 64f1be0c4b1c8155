import { ServiceError } from "../domain/errors/service-error.ts";
import { bodyChunks } from "./body-chunks.ts";
import { readMultipart } from "./multipart.ts";
import type { Call } from "./call.ts";
import type { BodyMediaType, BodySpec } from "./route.ts";

/**
 * Reads the body into a plain value: parsed JSON, `{field: value | [values]}` of a form, or text.
 *
 * @param onChunk is told the bytes of anything but a form.
 * @throws {@link ServiceError} `media-type-unsupported`, `request-malformed`, `request-too-large`,
 * `request-timed-out`.
 */
export async function readBody(
  request: Request,
  spec: BodySpec<unknown> | undefined,
  onChunk?: Call["onBodyChunk"],
): Promise<unknown> {
  if (spec === undefined) {
    return {};
  }
  const mediaType = mediaTypeOf(request, spec);
  if (mediaType === "multipart/form-data") {
    return readMultipart(request, spec.maxBytes);
  }
  const bytes = await readBytes(request, spec.maxBytes, onChunk);
  if (bytes.length === 0 && spec.optional === true) {
    return {};
  }
  switch (mediaType) {
    case "application/json":
      return parsedJson(bytes);
    case "application/ssml+xml":
      return { ssml: decodedText(bytes) };
    case "text/plain":
      return { text: decodedText(bytes) };
  }
}

function mediaTypeOf(request: Request, spec: BodySpec<unknown>): BodyMediaType {
  const header = request.headers.get("content-type");
  const given = header === null ? spec.mediaTypes[0] : header.split(";", 1)[0]?.trim().toLowerCase();
  const known = spec.mediaTypes.find((mediaType) => mediaType === given);
  if (known === undefined) {
    throw new ServiceError("media-type-unsupported", `Send the body as ${spec.mediaTypes.join(" or ")}.`);
  }
  return known;
}

async function readBytes(
  request: Request,
  maxBytes: number,
  onChunk: Call["onBodyChunk"],
): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(request, maxBytes)) {
    onChunk?.(chunk);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decodedText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ServiceError("request-malformed", "The body is not valid UTF-8.");
  }
}

/** The parser's own message quotes the body, so it goes nowhere. */
function parsedJson(bytes: Uint8Array): unknown {
  const text = decodedText(bytes);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new ServiceError("request-malformed", "The body is not well-formed JSON.");
  }
}
