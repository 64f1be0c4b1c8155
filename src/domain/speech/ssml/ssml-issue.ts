import { ServiceError } from "../../errors/service-error.ts";
import type { SsmlPosition } from "./ssml-tree.ts";

/** One thing wrong with a document. */
export interface SsmlIssue {
  readonly position: SsmlPosition | undefined;
  readonly message: string;
}

const MAX_REPORTED = 20;

/** @returns the failure that names line and column of each issue. */
export function ssmlInvalid(issues: readonly SsmlIssue[]): ServiceError {
  const errors = issues.slice(0, MAX_REPORTED).map((issue) => ({ field: "ssml", message: issueText(issue) }));
  const [first] = issues;
  const details = first?.position === undefined ? {} : { ...first.position };
  return new ServiceError("ssml-invalid", errors[0]?.message ?? "The SSML is not valid.", {
    errors,
    details,
  });
}

export function issueText({ position, message }: SsmlIssue): string {
  return position === undefined ? message : `Line ${position.line}, column ${position.column}: ${message}`;
}
