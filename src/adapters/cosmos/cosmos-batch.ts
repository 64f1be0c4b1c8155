import type { OperationInput, OperationResponse } from "@azure/cosmos";

/** Cosmos DB marks with it the operations that fell with another one. */
const FAILED_DEPENDENCY = 424;
const NOT_FOUND = 404;

/** Of Cosmos DB: the same may succeed when it is tried again. */
const RETRY_WITH = 449;

/** Others would have to delete documents between each two runs for it to take more. */
const MAX_RUNS = 5;

export interface BatchParts {
  readonly run: (
    operations: readonly OperationInput[],
  ) => Promise<{ readonly result?: OperationResponse[] | undefined }>;
  /** Those of the ids that have a document. */
  readonly existing: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
}

/**
 * Runs a transaction. One that fails because a document to be deleted is not there is run again without all deletions of
 * documents that are not there.
 *
 * @throws an object with the status of the operation that failed as `code`; 449 when others delete what is to be deleted
 * all the time.
 */
export async function applyBatch(operations: readonly OperationInput[], parts: BatchParts): Promise<void> {
  let remaining = operations;
  for (let runs = 0; runs < MAX_RUNS && remaining.length > 0; runs += 1) {
    const results = (await parts.run(remaining)).result ?? [];
    const failedIndex = results.findIndex(
      ({ statusCode }) => statusCode >= 400 && statusCode !== FAILED_DEPENDENCY,
    );
    const failed = results[failedIndex];
    if (failed === undefined) {
      return;
    }
    if (failed.statusCode !== NOT_FOUND || remaining[failedIndex]?.operationType !== "Delete") {
      throw new BatchFailure(failed.statusCode);
    }
    const rest = remaining.filter((_, index) => index !== failedIndex);
    remaining = await withoutMissing(rest, parts);
  }
  if (remaining.length > 0) {
    throw new BatchFailure(RETRY_WITH);
  }
}

/** A document that the transaction itself writes may be deleted in it although it is not there yet. */
async function withoutMissing(
  operations: readonly OperationInput[],
  { existing }: BatchParts,
): Promise<readonly OperationInput[]> {
  const deleted = operations.flatMap((operation) => deletedId(operation) ?? []);
  if (deleted.length === 0) {
    return operations;
  }
  const there = await existing(deleted);
  const written = new Set(operations.map(writtenId));
  return operations.filter((operation) => {
    const id = deletedId(operation);
    return id === undefined || there.has(id) || written.has(id);
  });
}

function deletedId(operation: OperationInput): string | undefined {
  return operation.operationType === "Delete" ? operation.id : undefined;
}

function writtenId(operation: OperationInput): unknown {
  return "resourceBody" in operation ? Reflect.get(operation.resourceBody, "id") : undefined;
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
