import type { ChangeBatch } from "../../application/batches/change-batch.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { batchJson, batchPath, batchSchema } from "./batch-schema.ts";

interface Change {
  readonly operationId: string;
  readonly method: "POST" | "DELETE";
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description: string;
}

/** POST /api/v1/synthesis/batch/{batchId}/cancel */
export function cancelBatchRoute(cancelBatch: ChangeBatch): Route {
  return changeRoute(cancelBatch, {
    operationId: "cancelBatch",
    method: "POST",
    path: "/api/v1/synthesis/batch/{batchId}/cancel",
    summary: "Stop a batch; what has been spoken stays",
    description: "The batch is being stopped, or had ended already",
  });
}

/** POST /api/v1/synthesis/batch/{batchId}/retry */
export function retryBatchRoute(retryBatch: ChangeBatch): Route {
  return changeRoute(retryBatch, {
    operationId: "retryBatch",
    method: "POST",
    path: "/api/v1/synthesis/batch/{batchId}/retry",
    summary: "Speak once more what failed or was canceled",
    description: "The batch is under way again",
  });
}

/** DELETE /api/v1/synthesis/batch/{batchId} */
export function deleteBatchRoute(deleteBatch: ChangeBatch): Route {
  return changeRoute(deleteBatch, {
    operationId: "deleteBatch",
    method: "DELETE",
    path: "/api/v1/synthesis/batch/{batchId}",
    summary: "Stop a batch and remove it with all its results",
    description: "The batch is being removed",
  });
}

function changeRoute(changeBatch: ChangeBatch, { description, ...change }: Change): Route {
  return route(
    {
      ...change,
      tag: "Batches",
      permission: "batches:run",
      pathSchema: batchPath,
      responses: { 202: { description, content: { "application/json": batchSchema } } },
    },
    async ({ path }, { principal }) => {
      const batch = await changeBatch(principal, path.batchId);
      return jsonResponse(202, batchJson(batch), { location: `/api/v1/synthesis/batch/${batch.id}` });
    },
  );
}
