import { accessErrors } from "./access-errors.ts";
import { batchErrors } from "./batch-errors.ts";
import type { ErrorRow } from "./error-row.ts";
import { lexiconErrors } from "./lexicon-errors.ts";
import { requestErrors } from "./request-errors.ts";
import { synthesisErrors } from "./synthesis-errors.ts";
import { upstreamErrors } from "./upstream-errors.ts";
import { voiceErrors } from "./voice-errors.ts";

const rows = {
  ...requestErrors,
  ...accessErrors,
  ...voiceErrors,
  ...synthesisErrors,
  ...lexiconErrors,
  ...batchErrors,
  ...upstreamErrors,
};

/** Every failure a client can be told about. Codes are public: never rename one, never reuse one. */
export type ErrorCode = keyof typeof rows;

/** The one table of failures; the errors page of the documentation is generated from it. */
export const errorCatalog: Readonly<Record<ErrorCode, ErrorRow>> = rows;

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(rows, value);
}
