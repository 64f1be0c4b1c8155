import type { Refusal } from "../../stand-in/refusal.ts";
import { isArray, isObject, type Json, parseJson, type Value, valueAt } from "../json.ts";
import { badRequest } from "../refusals.ts";
import type { ContainerSettings } from "../resources/container-settings.ts";

/** Canonical text of a partition key, for example `["ada"]`; a missing value is `{}`. */
export type PartitionText = string;

const MAX_KEY_BYTES = 2048;
const MAX_KEY_BYTES_VERSION_1 = 101;

/**
 * The components that the header names: all of them, or the first ones of a hierarchical key.
 *
 * @throws Refusal 400.
 */
export function partitionOfHeader(header: string, settings: ContainerSettings): readonly Json[] {
  const components = parsedComponents(header);
  const isValid = components.every(isComponent);
  if (!isValid || components.length === 0 || components.length > settings.partitionKey.paths.length) {
    throw mismatch();
  }
  return components;
}

/** @throws Refusal 400 for the wrong number of components: a single document needs the whole key. */
export function wholePartition(components: readonly Json[], settings: ContainerSettings): PartitionText {
  if (components.length !== settings.partitionKey.paths.length) {
    throw mismatch();
  }
  return JSON.stringify(components);
}

/** @throws Refusal 400 for a value that is an array or an object, or too long. */
export function partitionOfDocument(document: Json, settings: ContainerSettings): PartitionText {
  const { paths, version } = settings.partitionKey;
  const values = paths.map((path) => valueAt(document, path));
  const limit = version === 1 ? MAX_KEY_BYTES_VERSION_1 : MAX_KEY_BYTES;
  for (const value of values) {
    if (typeof value === "object" && value !== null) {
      throw badRequest("Partition key value must be a string, number, boolean or null.", 1001);
    }
    if (typeof value === "string" && Buffer.byteLength(value) > limit) {
      throw badRequest(`Partition key value exceeds ${limit} bytes.`);
    }
  }
  return JSON.stringify(values.map(markedIfMissing));
}

export function mismatch(): Refusal {
  return badRequest(
    "Partition key provided either doesn't correspond to definition in the collection or doesn't match partition " +
      "key field values specified in the document.",
    1001,
  );
}

function markedIfMissing(value: Value): Json {
  return value === undefined ? {} : value;
}

function parsedComponents(header: string): readonly Json[] {
  try {
    const parsed = parseJson(header);
    return isArray(parsed) ? parsed : [];
  } catch {
    throw badRequest(
      "The partition key supplied in x-ms-documentdb-partitionkey header could not be parsed.",
    );
  }
}

function isComponent(value: Json): boolean {
  const isMissing = isObject(value) && Object.keys(value).length === 0;
  return isMissing || value === null || typeof value !== "object";
}
