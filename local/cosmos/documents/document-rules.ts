import { isObject, type Json, type JsonObject } from "../json.ts";
import { badRequest, tooLarge } from "../refusals.ts";
import type { ContainerSettings } from "../resources/container-settings.ts";

const MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;
const MAX_ID_BYTES = 1023;
const MAX_TTL_SECONDS = 2_147_483_647;

/**
 * What Azure asks of every document that is written.
 *
 * @throws Refusal 400, 413.
 */
export function checkedDocument(body: Json | undefined): JsonObject & { readonly id: string } {
  if (body === undefined || !isObject(body)) {
    throw badRequest("The input content is invalid because it is not a JSON object.");
  }
  const { id, ttl } = body;
  if (typeof id !== "string" || id === "") {
    throw badRequest(
      "The input content is invalid because the required properties - 'id; ' - are missing. (Id is not a string.)",
    );
  }
  if (/[/\\?#]|\s$/.test(id) || Buffer.byteLength(id) > MAX_ID_BYTES) {
    throw badRequest("Id contains illegal chars, ends with a space or is longer than 1023 bytes.");
  }
  if (ttl !== undefined && !isTimeToLive(ttl)) {
    throw badRequest(
      `The input ttl '${JSON.stringify(ttl)}' is invalid. Ensure to provide a nonzero positive integer less than or ` +
        "equal to '2147483647', or '-1' which means never expire.",
    );
  }
  return { ...body, id };
}

/** @throws Refusal 413. */
export function checkSize(text: string): void {
  if (Buffer.byteLength(text) > MAX_DOCUMENT_BYTES) {
    throw tooLarge();
  }
}

/** @returns seconds since 1970, or null for a document that stays. */
export function expiryOf(
  document: JsonObject,
  settings: ContainerSettings,
  nowSeconds: number,
): number | null {
  if (settings.defaultTtl === undefined) {
    return null;
  }
  const ttl = typeof document["ttl"] === "number" ? document["ttl"] : settings.defaultTtl;
  return ttl === -1 ? null : nowSeconds + ttl;
}

function isTimeToLive(ttl: Json): boolean {
  return (
    typeof ttl === "number" && Number.isInteger(ttl) && (ttl === -1 || (ttl > 0 && ttl <= MAX_TTL_SECONDS))
  );
}
