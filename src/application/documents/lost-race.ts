import { ServiceError } from "../../domain/errors/service-error.ts";
import { DocumentConflict } from "../ports/documents.ts";

/** Whether a write failed because somebody else wrote, or made, the document first. */
export function isLostRace(error: unknown): boolean {
  return (
    error instanceof DocumentConflict ||
    (error instanceof ServiceError && error.code === "precondition-failed")
  );
}
