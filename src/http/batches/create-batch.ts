import type { CreateBatch } from "../../application/batches/create-batch.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { batchBody, MAX_BATCH_BODY_BYTES } from "./batch-body.ts";
import { batchJson, batchSchema } from "./batch-schema.ts";

/** A look at a new batch is worth while after this time. */
const RETRY_AFTER_SECONDS = 2;

/** POST /api/v1/synthesis/batch */
export function createBatchRoute(createBatch: CreateBatch): Route {
  return route(
    {
      operationId: "createBatch",
      method: "POST",
      path: "/api/v1/synthesis/batch",
      tag: "Batches",
      summary: "Speak up to 10,000 items in the background",
      permission: "batches:run",
      limitClass: "synthesis",
      idempotent: true,
      body: { schema: batchBody, mediaTypes: ["application/json"], maxBytes: MAX_BATCH_BODY_BYTES },
      responses: {
        202: { description: "The batch is under way", content: { "application/json": batchSchema } },
      },
    },
    async ({ body }, { principal }) => {
      const batch = await createBatch(principal, body);
      return jsonResponse(202, batchJson(batch), {
        location: `/api/v1/synthesis/batch/${batch.id}`,
        "retry-after": String(RETRY_AFTER_SECONDS),
      });
    },
  );
}
