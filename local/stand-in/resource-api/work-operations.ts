import type { LongRunningWork } from "./long-running-work.ts";
import { notFound } from "./refusals.ts";
import type { Operations } from "./service-call.ts";

/** The states of long-running work; why it failed stands in the resource only. */
export function workOperations(work: LongRunningWork): Operations {
  return {
    "GET /operations/{id}": ({ id }) => {
      const operation = work.operation(id);
      if (operation === undefined) {
        throw notFound("operation", id);
      }
      return { status: 200, body: { id, status: operation.status } };
    },
  };
}
