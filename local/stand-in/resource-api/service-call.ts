import type { IncomingMessage } from "node:http";
import { readBody } from "../read-body.ts";
import { parseForm } from "../read-form.ts";
import { Refusal } from "../refusal.ts";
import { badArgument, badRequest } from "./refusals.ts";

/** A request that has passed authentication and the checks all operations share. */
export interface ServiceCall {
  /** Of the resource in the path; empty for a list. */
  readonly id: string;
  readonly url: URL;
  readonly request: IncomingMessage;
}

export interface ServiceAnswer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: object;
  /** Of the work that was begun; it makes the two operation headers. */
  readonly operationId?: string;
}

export type Operations = Readonly<
  Record<string, (call: ServiceCall) => ServiceAnswer | Promise<ServiceAnswer>>
>;

const JSON_LIMIT_BYTES = 1024 * 1024;

/** @see the limit of `POST /personalvoices/{id}` in the API's description. */
const FORM_LIMIT_BYTES = 31_457_280;
const AUDIO_PART = "audiodata";

/** @throws {@link Refusal} 400, 413 or 415. */
export async function readJson(
  { request }: ServiceCall,
  limitBytes: number = JSON_LIMIT_BYTES,
): Promise<unknown> {
  if (!/^application\/(\S+\+)?json\b/i.test(request.headers["content-type"] ?? "")) {
    throw unsupportedMediaType("application/json");
  }
  const text = (await readBody(request, limitBytes)).toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("The request body is not valid JSON.");
  }
}

export interface UploadForm {
  readonly fields: unknown;
  /** Never empty. */
  readonly recordings: readonly Uint8Array[];
}

/**
 * Reads a multipart form. The name of the audio parts is `audiodata` in any case, their content type does not matter.
 *
 * @throws {@link Refusal} 400, 413 or 415.
 */
export async function readForm({ request }: ServiceCall): Promise<UploadForm> {
  const contentType = request.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw unsupportedMediaType("multipart/form-data");
  }
  const body = await readBody(request, FORM_LIMIT_BYTES);
  const { fields, files } = await parseForm(body, contentType, [AUDIO_PART]);
  const other = files.find(({ name }) => name.toLowerCase() !== AUDIO_PART);
  if (other !== undefined) {
    throw badArgument(
      other.name,
      `A file named "${other.name}" is not expected; audio goes into "audiodata".`,
    );
  }
  if (files.length === 0) {
    throw badArgument(AUDIO_PART, "The audiodata field is required.");
  }
  const texts = [...fields].map(([name, values]) => [name, values.at(-1)]);
  return { fields: Object.fromEntries(texts), recordings: files.map(({ bytes }) => bytes) };
}

function unsupportedMediaType(expected: string): Refusal {
  return new Refusal({ status: 415, code: "UnsupportedMediaType" }, `The content type must be ${expected}.`);
}
