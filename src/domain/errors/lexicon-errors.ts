import type { ErrorRows } from "./error-row.ts";

/** Pronunciations. */
export const lexiconErrors = {
  "lexicon-entry-not-found": {
    status: 404,
    title: "There is no such lexicon entry",
    recovery: ["List the entries with GET /api/v1/lexicon."],
    retryable: false,
  },
} as const satisfies ErrorRows;
