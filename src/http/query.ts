import { z } from "zod";
import { ServiceError } from "../domain/errors/service-error.ts";
import type { RouteSpec } from "./route.ts";

/** Longest name of a parameter that an answer repeats. */
const MAX_TOLD_CHARACTERS = 64;

/**
 * The query as a plain value: a key that occurs once is a string, one that occurs more often is an array.
 *
 * @throws {@link ServiceError} `query-parameter-unknown`.
 */
export function readQuery(spec: RouteSpec, parameters: URLSearchParams): Record<string, string | string[]> {
  const given = [...new Set(parameters.keys())];
  if (spec.ignoresUnknownQuery !== true) {
    assertKnown(given, knownNames(spec));
  }
  const entries = given.map((key): [string, string | string[]] => {
    const values = parameters.getAll(key);
    return [key, values.length === 1 ? (values[0] ?? "") : values];
  });
  return Object.fromEntries(entries);
}

function knownNames({ querySchema }: RouteSpec): readonly string[] {
  return querySchema instanceof z.ZodObject ? Object.keys(querySchema.shape) : [];
}

function assertKnown(given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) {
    return;
  }
  const message =
    known.length === 0 ? "is unknown: this route takes none" : `is unknown; known are ${known.join(", ")}`;
  const field = unknown.slice(0, MAX_TOLD_CHARACTERS);
  throw new ServiceError("query-parameter-unknown", `The query parameter "${field}" ${message}.`, {
    errors: [{ field, message }],
  });
}
