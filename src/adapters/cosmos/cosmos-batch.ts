import type { OperationInput, OperationResponse } from "@azure/cosmos";

/** Cosmos DB marks with it the operations that fell with another one. */
const FAILED_DEPENDENCY = 424;

type Run = (
  operations: readonly OperationInput[],
) => Promise<{ readonly result?: OperationResponse[] | undefined }>;

/**
 * Runs a transaction. One that fails because a document to be deleted is not there is run again without that operation.
 *
 * @throws an object with the status of the operation that failed as `code`.
 */
export async function applyBatch(operations: readonly OperationInput[], run: Run): Promise<void> {
  let remaining = operations;
  while (remaining.length > 0) {
    const results = (await run(remaining)).result ?? [];
    const failedIndex = results.findIndex(
      ({ statusCode }) => statusCode >= 400 && statusCode !== FAILED_DEPENDENCY,
    );
    const failed = results[failedIndex];
    if (failed === undefined) {
      return;
    }
    if (failed.statusCode !== 404 || remaining[failedIndex]?.operationType !== "Delete") {
      throw new BatchFailure(failed.statusCode);
    }
    remaining = remaining.filter((_, index) => index !== failedIndex);
  }
}

class BatchFailure extends Error {
  override readonly name = "BatchFailure";
  /** HTTP status. */
  readonly code: number;

  constructor(code: number) {
    super(`An operation of the batch failed with ${code}.`);
    this.code = code;
  }
}
