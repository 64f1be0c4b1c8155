import { createHash, randomUUID } from "node:crypto";
import { idSchema } from "./id-schema.ts";
import type { LongRunningWork } from "./long-running-work.ts";
import { badRequest, parseArguments } from "./refusals.ts";
import type { ServiceCall } from "./service-call.ts";
import type { ResourceStore } from "./store.ts";

export interface WorkContext {
  readonly store: ResourceStore;
  readonly work: LongRunningWork;
}

export interface Beginning {
  /** Kind and id of the resource, as one text. */
  readonly owner: string;
  readonly task: string;
  readonly durationMs: number;
  /** What the task needs beside the resource; plain JSON. */
  readonly input?: unknown;
  /** What makes the request another one, beside its method and path. */
  readonly content: readonly (string | Uint8Array)[];
  /** Checks the request against what exists and writes what it makes, in one transaction. */
  readonly write: () => void;
}

/**
 * Begins long-running work. A request that repeats the `Operation-Id` and the content of an earlier one begins nothing.
 *
 * @returns the id of the operation.
 * @throws {@link Refusal} 400 when the `Operation-Id` belongs to another request, and what `write` throws.
 */
export function beginWork(context: WorkContext, call: ServiceCall, beginning: Beginning): string {
  const header = call.request.headers["operation-id"];
  const operationId = header === undefined ? randomUUID() : parseArguments(idSchema, header);
  const fingerprint = fingerprintOf(call, beginning.content);
  const known = context.work.operation(operationId);
  if (known !== undefined) {
    if (known.fingerprint !== fingerprint) {
      throw badRequest("The Operation-Id was already used for a different request.");
    }
    return operationId;
  }
  const { owner, task, durationMs, input, write } = beginning;
  context.store.transaction(() => {
    write();
    context.work.add({ operationId, fingerprint, task, resourceId: call.id, owner, input, durationMs });
  });
  return operationId;
}

function fingerprintOf({ request, url }: ServiceCall, content: Beginning["content"]): string {
  const hash = createHash("sha256").update(`${request.method} ${url.pathname}`);
  for (const part of content) {
    hash.update(`\n${part.length}:`).update(part);
  }
  return hash.digest("hex");
}
