import type { ErrorRows } from "./error-row.ts";

/** Batches and the drop folder. */
export const batchErrors = {
  "batch-not-found": {
    status: 404,
    title: "There is no such batch",
    recovery: ["List your batches with GET /api/v1/synthesis/batch."],
    retryable: false,
  },
  "batch-not-finished": {
    status: 409,
    title: "The batch is still at work",
    recovery: ["Poll GET /api/v1/synthesis/batch/{id} until it has ended, or cancel it first."],
    retryable: false,
  },
  "batch-nothing-to-retry": {
    status: 409,
    title: "No item of the batch can be run again",
    recovery: ["Send the items as a new batch to speak them again."],
    retryable: false,
  },
  "batch-failed": {
    status: 500,
    title: "The batch could not be done",
    recovery: [
      "Read the errors of its items, correct what they name, then POST /api/v1/synthesis/batch/{id}/retry.",
    ],
    retryable: false,
  },
  "batch-archive-off": {
    status: 409,
    title: "The batch was sent without an archive",
    recovery: ["Read the audioUrl of each item, or send the batch with output.archive: true."],
    retryable: false,
  },
  "azure-batch-refused": {
    status: 502,
    title: "Azure's batch synthesis refuses the job",
    recovery: ["Read `message` and correct what it names, or send the items with mode: standard."],
    retryable: false,
  },
  "azure-batch-unsupported": {
    status: 422,
    title: "Azure's batch synthesis does not offer this",
    recovery: ["Send the item with mode: standard, or as `message` says."],
    retryable: false,
  },
  "drop-file-invalid": {
    status: 422,
    title: "The dropped file cannot be spoken",
    recovery: ["Correct what `errors` names, then drop the file again."],
    retryable: false,
  },
  "webhook-delivery-not-found": {
    status: 404,
    title: "There is no such delivery",
    recovery: ["List your deliveries with GET /api/v1/webhooks/deliveries."],
    retryable: false,
  },
  "webhook-target-refused": {
    status: 422,
    title: "The webhook's target may not be called",
    recovery: ["Name an https address whose name resolves to public addresses only."],
    retryable: false,
  },
  "webhook-unreachable": {
    status: 502,
    title: "The webhook's target does not answer",
    recovery: ["Check the target, then replay the delivery."],
    retryable: true,
  },
} as const satisfies ErrorRows;
