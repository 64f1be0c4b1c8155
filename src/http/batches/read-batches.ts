import { z } from "zod";
import type { ListBatchItems } from "../../application/batches/list-batch-items.ts";
import type { OpenBatchArchive } from "../../application/batches/open-batch-archive.ts";
import type { GetBatch, ListBatches } from "../../application/batches/read-batches.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { BATCH_STATUSES } from "../../domain/batch/batch.ts";
import { BATCH_ITEM_STATUSES } from "../../domain/batch/batch-item.ts";
import { quotedEtag } from "../if-match.ts";
import { ownerField } from "../owner-field.ts";
import { pageSchema, pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { StreamedResponse } from "../stream-ending.ts";
import { batchItemJson, batchItemSchema, batchJson, batchPath, batchSchema } from "./batch-schema.ts";

const tag = "Batches";
const permission = "batches:run";

/** GET /api/v1/synthesis/batch */
export function listBatchesRoute(listBatches: ListBatches): Route {
  return route(
    {
      operationId: "listBatches",
      method: "GET",
      path: "/api/v1/synthesis/batch",
      tag,
      summary: "List your batches, newest first",
      permission,
      querySchema: z.object({
        ...pagingQuery,
        ownerId: ownerField,
        status: z.enum(BATCH_STATUSES).optional(),
      }),
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(batchSchema) } },
      },
    },
    async ({ query }, { principal }) => {
      const { items, nextCursor } = await listBatches(onBehalfOf(principal, query.ownerId), query);
      return jsonResponse(200, { items: items.map(batchJson), nextCursor });
    },
  );
}

/** GET /api/v1/synthesis/batch/{batchId} */
export function getBatchRoute(getBatch: GetBatch): Route {
  return route(
    {
      operationId: "getBatch",
      method: "GET",
      path: "/api/v1/synthesis/batch/{batchId}",
      tag,
      summary: "Read one batch with its progress",
      permission,
      pathSchema: batchPath,
      responses: { 200: { description: "The batch", content: { "application/json": batchSchema } } },
    },
    async ({ path }, { principal }) => {
      const batch = await getBatch(principal, path.batchId);
      return jsonResponse(200, batchJson(batch), { etag: quotedEtag(batch.etag) });
    },
  );
}

/** GET /api/v1/synthesis/batch/{batchId}/items */
export function listBatchItemsRoute(listBatchItems: ListBatchItems): Route {
  return route(
    {
      operationId: "listBatchItems",
      method: "GET",
      path: "/api/v1/synthesis/batch/{batchId}/items",
      tag,
      summary: "List the items of a batch in their order",
      permission,
      pathSchema: batchPath,
      querySchema: z.object({ ...pagingQuery, status: z.enum(BATCH_ITEM_STATUSES).optional() }),
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(batchItemSchema) } },
      },
    },
    async ({ path, query }, { principal }) => {
      const { items, nextCursor } = await listBatchItems(principal, path.batchId, query);
      return jsonResponse(200, { items: items.map(batchItemJson), nextCursor });
    },
  );
}

/** GET /api/v1/synthesis/batch/{batchId}/archive */
export function getBatchArchiveRoute(openArchive: OpenBatchArchive): Route {
  return route(
    {
      operationId: "getBatchArchive",
      method: "GET",
      path: "/api/v1/synthesis/batch/{batchId}/archive",
      tag,
      summary: "Download all results of a batch as one zip",
      permission,
      pathSchema: batchPath,
      responses: {
        200: { description: "The zip, with manifest.json first", content: { "application/zip": z.string() } },
      },
    },
    async ({ path }, { principal }) => {
      const zip = await openArchive(principal, path.batchId);
      return new StreamedResponse(zip, {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename="${path.batchId}.zip"`,
        "cache-control": "no-store",
      });
    },
  );
}
