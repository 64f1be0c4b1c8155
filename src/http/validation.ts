import type { z } from "zod";
import { type FieldError, ServiceError } from "../domain/errors/service-error.ts";
import { plainMessage } from "./plain-message.ts";

const MAX_UNKNOWN_FIELDS = 20;
const MAX_NAME_CHARACTERS = 100;

/** Where in a request a value comes from. */
export type InputPart = "path" | "query" | "body";

/**
 * Parses one part of a request.
 *
 * @throws {@link ServiceError} `request-invalid` with one entry per wrong field.
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown, part: InputPart): T {
  const result = schema.safeParse(value, { error: plainMessage });
  if (result.success) {
    return result.data;
  }
  const errors = result.error.issues.flatMap((issue) => fieldErrorsOf(issue, part));
  const names = [...new Set(errors.map(({ field }) => field))].slice(0, 5).join(", ");
  throw new ServiceError("request-invalid", `These fields of the ${part} are not valid: ${names}.`, {
    errors,
  });
}

/** Unknown fields are named one by one, as wrong ones are. */
function fieldErrorsOf(issue: z.core.$ZodIssue, part: InputPart): readonly FieldError[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ field: fieldPath(issue.path) || part, message: issue.message }];
  }
  return issue.keys.slice(0, MAX_UNKNOWN_FIELDS).map((key) => ({
    field: fieldPath([...issue.path, key.slice(0, MAX_NAME_CHARACTERS)]),
    message: "is not known here",
  }));
}

/** `["items", 3, "text"]` → `items[3].text`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") {
      return `${text}[${key}]`;
    }
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}
