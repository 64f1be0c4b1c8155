import type { ErrorRows } from "./error-row.ts";

/** Batches and the drop folder. */
export const batchErrors = {
  "batch-not-found": {
    status: 404,
    title: "There is no such batch",
    recovery: ["List your batches with GET /api/v1/synthesis/batch."],
    retryable: false,
  },
} as const satisfies ErrorRows;
