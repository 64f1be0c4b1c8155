import type { ErrorRows } from "./error-row.ts";

/** Pronunciations. */
export const lexiconErrors = {
  "lexicon-entry-not-found": {
    status: 404,
    title: "There is no such lexicon entry",
    recovery: ["List the entries with GET /api/v1/lexicon."],
    retryable: false,
  },
  "lexicon-not-found": {
    status: 404,
    title: "There is no such lexicon",
    recovery: [
      "List your entries with GET /api/v1/lexicon; each names its lexicon.",
      "Leave `lexicon` out to use `default`.",
    ],
    retryable: false,
  },
  "lexicon-entry-exists": {
    status: 409,
    title: "The lexicon has an entry for this grapheme already",
    recovery: [
      "Update the entry that `detail` names instead.",
      "Give the new entry another locale, grapheme, case or lexicon.",
    ],
    retryable: false,
  },
  "lexicon-entry-invalid": {
    status: 422,
    title: "The lexicon entry is not valid",
    recovery: ["Correct the fields listed in `errors` and send the entry again."],
    retryable: false,
  },
  "lexicon-file-invalid": {
    status: 422,
    title: "The lexicon file cannot be read",
    recovery: ["Correct the file at the place that `errors` names; nothing of it was stored."],
    retryable: false,
  },
  "lexicon-file-empty": {
    status: 422,
    title: "The lexicon file has no rows",
    recovery: [
      "Check the file: mode replace would delete every entry of the lexicon.",
      "To empty a lexicon, delete its entries with DELETE /api/v1/lexicon/{entryId}.",
    ],
    retryable: false,
  },
  "lexicon-rows-invalid": {
    status: 422,
    title: "Some rows of the lexicon file are not valid",
    recovery: [
      "Correct the rows and columns listed in `errors` and send the whole file again; nothing of it was stored.",
      "Send it with dryRun=true first to get a report of every row.",
    ],
    retryable: false,
  },
  "lexicon-full": {
    status: 422,
    title: "The lexicon would hold too many entries",
    recovery: ["Delete entries that are not needed, or put the new ones into another lexicon."],
    retryable: false,
  },
  "lexicon-busy": {
    status: 409,
    title: "The lexicon is being changed by somebody else",
    recovery: ["Send the same request again in a moment."],
    retryable: true,
  },
  "suggester-unavailable": {
    status: 503,
    title: "The model that suggests pronunciations does not answer",
    recovery: ["Try again after the time in Retry-After."],
    retryable: true,
  },
  "suggester-refused": {
    status: 502,
    title: "The model that suggests pronunciations gives no usable answer",
    recovery: [
      "Try again with a shorter text.",
      "Tell the operator: the key or deployment of Azure OpenAI may be wrong.",
    ],
    retryable: false,
  },
} as const satisfies ErrorRows;
