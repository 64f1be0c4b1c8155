import { ServiceError } from "../../domain/errors/service-error.ts";

/** Whether a write failed because somebody else wrote the document first. */
export function isLostRace(error: unknown): boolean {
  return error instanceof ServiceError && error.code === "precondition-failed";
}
