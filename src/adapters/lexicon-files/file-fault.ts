import { ServiceError } from "../../domain/errors/service-error.ts";

/** Both count from 1. */
export interface FilePlace {
  readonly line: number;
  readonly column?: number;
}

/** @param message what is wrong, as a sentence. */
export function fileFault(message: string, place?: FilePlace, cause?: unknown): ServiceError {
  const column = place?.column === undefined ? "" : `, column ${place.column}`;
  const field = place === undefined ? "file" : `file line ${place.line}${column}`;
  return new ServiceError("lexicon-file-invalid", place === undefined ? message : `${message} (${field})`, {
    errors: [{ field, message }],
    ...(cause !== undefined && { cause }),
  });
}
