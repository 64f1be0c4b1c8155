import { z } from "zod";

import { Refusal } from "../../stand-in/refusal.ts";
import { type Json, parseJson } from "../json.ts";
import { badRequest, tooLarge } from "../refusals.ts";
import type { DatabaseFile } from "../resources/database-file.ts";
import type { Container } from "../resources/resource-store.ts";
import { applyOperation, type Operation, OPERATION_KINDS, type Outcome } from "./document-operations.ts";
import { partitionOfHeader, type PartitionText, wholePartition } from "./partition-key.ts";

const MAX_OPERATIONS = 100;
const MAX_BATCH_BYTES = 2 * 1024 * 1024;

const operationSchema = z.object({
  operationType: z.enum(OPERATION_KINDS),
  id: z.string().optional(),
  /** Bulk requests name it per operation, as JSON. */
  partitionKey: z.string().optional(),
  ifMatch: z.string().optional(),
  ifNoneMatch: z.string().optional(),
  resourceBody: z.json().optional(),
});

export interface BatchRequest {
  readonly text: string;
  /** Of the header; bulk requests have none. */
  readonly partition: PartitionText | undefined;
  /** A transaction: all operations or none. */
  readonly isAtomic: boolean;
  readonly continuesOnError: boolean;
}

export interface BatchAnswer {
  readonly status: 200 | 207;
  /** One for each operation, in their order. */
  readonly results: readonly Json[];
  readonly charge: number;
}

export interface BatchContext {
  readonly file: DatabaseFile;
  readonly container: Container;
  readonly nowSeconds: number;
}

/** @throws Refusal 400 for a request that is no batch, 413. */
export function runBatch(context: BatchContext, request: BatchRequest): BatchAnswer {
  const operations = operationsOf(context.container, request);
  const results = request.isAtomic
    ? atomicResults(context, operations)
    : singleResults(context, operations, request.continuesOnError);
  return {
    status: results.some(({ statusCode }) => statusCode >= 400) ? 207 : 200,
    results: results.map(({ ...result }) => result),
    charge: results.reduce((total, { requestCharge }) => total + requestCharge, 0),
  };
}

type Result = { readonly statusCode: number; readonly requestCharge: number } & Readonly<
  Record<string, Json>
>;

function operationsOf(container: Container, { text, partition }: BatchRequest): readonly Operation[] {
  if (Buffer.byteLength(text) > MAX_BATCH_BYTES) {
    throw tooLarge();
  }
  const parsed = z.array(operationSchema).min(1).safeParse(parseJson(text));
  if (!parsed.success) {
    throw badRequest(`The batch request is invalid. ${z.prettifyError(parsed.error)}`);
  }
  if (parsed.data.length > MAX_OPERATIONS) {
    throw badRequest(`Batch request has more operations than what is supported (${MAX_OPERATIONS}).`);
  }
  return parsed.data.map(({ operationType, resourceBody, partitionKey, ...rest }) => ({
    ...rest,
    kind: operationType,
    body: resourceBody,
    partition: partition ?? ownPartition(container, partitionKey),
  }));
}

function ownPartition(container: Container, partitionKey: string | undefined): PartitionText {
  if (partitionKey === undefined) {
    throw badRequest("PartitionKey value must be supplied for this operation.");
  }
  return wholePartition(partitionOfHeader(partitionKey, container.settings), container.settings);
}

function atomicResults(
  { file, container, nowSeconds }: BatchContext,
  operations: readonly Operation[],
): Result[] {
  const results: Result[] = [];
  try {
    file.transaction(() => {
      for (const operation of operations) {
        results.push(succeeded(applyOperation(container, operation, nowSeconds)));
      }
    });
    return results;
  } catch (error) {
    const failure = failed(error);
    return operations.map((_, index) =>
      index === results.length ? failure : { statusCode: 424, requestCharge: 0 },
    );
  }
}

function singleResults(
  { file, container, nowSeconds }: BatchContext,
  operations: readonly Operation[],
  continuesOnError: boolean,
): Result[] {
  let isStopped = false;
  return operations.map((operation) => {
    if (isStopped) {
      return { statusCode: 424, requestCharge: 0 };
    }
    try {
      return succeeded(file.transaction(() => applyOperation(container, operation, nowSeconds)));
    } catch (error) {
      isStopped = !continuesOnError;
      return failed(error);
    }
  });
}

function succeeded({ status, etag, body, charge }: Outcome): Result {
  return {
    statusCode: status,
    requestCharge: charge,
    ...(etag !== undefined && { eTag: etag }),
    ...(body !== undefined && { resourceBody: parseJson(body) }),
  };
}

/** @throws what is no refusal. */
function failed(error: unknown): Result {
  if (!(error instanceof Refusal)) {
    throw error;
  }
  const subStatusCode = Number(error.headers["x-ms-substatus"] ?? 0);
  return { statusCode: error.status, subStatusCode, requestCharge: 1, message: error.message };
}
