import { ServiceError } from "../../domain/errors/service-error.ts";

/** @param line counted from 1. */
export function dropFileFault(line: number, message: string, cause?: unknown): ServiceError {
  return new ServiceError("drop-file-invalid", `Line ${line}: ${message}`, {
    details: { line },
    errors: [{ field: `line ${line}`, message }],
    cause,
  });
}
