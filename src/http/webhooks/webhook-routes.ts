import { z } from "zod";
import type { ListDeliveries, ReplayDelivery } from "../../application/webhooks/replay-delivery.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import type { Principal } from "../../domain/access/principal.ts";
import type { WebhookDelivery, WebhookSecret } from "../../domain/webhook/webhook-delivery.ts";
import { ownerField } from "../owner-field.ts";
import { pageSchema, pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";

const tag = "Webhooks";
const permission = "batches:run";

const secretSchema = z
  .object({
    secret: z.string().describe("Verifies webhook-signature, after Standard Webhooks"),
    previousValidUntil: z.string().nullable(),
  })
  .meta({ id: "WebhookSecret" });

const deliverySchema = z
  .object({
    id: z.string(),
    batchId: z.string(),
    url: z.string(),
    status: z.enum(["pending", "delivered", "failed"]),
    attempts: z.array(
      z.object({ at: z.string(), httpStatus: z.number().nullable(), error: z.string().nullable() }),
    ),
    createdAt: z.string(),
  })
  .meta({ id: "WebhookDelivery" });

export type UseSecret = (principal: Principal) => Promise<WebhookSecret>;

/** GET /api/v1/webhooks/secret */
export function getWebhookSecretRoute(getSecret: UseSecret): Route {
  return route(
    {
      operationId: "getWebhookSecret",
      method: "GET",
      path: "/api/v1/webhooks/secret",
      tag,
      summary: "Read the secret that signs your webhooks",
      permission,
      responses: { 200: { description: "The secret", content: { "application/json": secretSchema } } },
    },
    async (_input, { principal }) => jsonResponse(200, secretJson(await getSecret(principal))),
  );
}

/** POST /api/v1/webhooks/secret/rotate */
export function rotateWebhookSecretRoute(rotate: UseSecret): Route {
  return route(
    {
      operationId: "rotateWebhookSecret",
      method: "POST",
      path: "/api/v1/webhooks/secret/rotate",
      tag,
      summary: "Replace the secret; the old one signs as well for another day",
      permission,
      responses: { 200: { description: "The new secret", content: { "application/json": secretSchema } } },
    },
    async (_input, { principal }) => jsonResponse(200, secretJson(await rotate(principal))),
  );
}

/** GET /api/v1/webhooks/deliveries */
export function listWebhookDeliveriesRoute(listDeliveries: ListDeliveries): Route {
  return route(
    {
      operationId: "listWebhookDeliveries",
      method: "GET",
      path: "/api/v1/webhooks/deliveries",
      tag,
      summary: "List your notifications and how they went, newest first",
      permission,
      querySchema: z.object({ ...pagingQuery, ownerId: ownerField }),
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(deliverySchema) } },
      },
    },
    async ({ query }, { principal }) => {
      const { items, nextCursor } = await listDeliveries(onBehalfOf(principal, query.ownerId), query);
      return jsonResponse(200, { items: items.map(deliveryJson), nextCursor });
    },
  );
}

/** POST /api/v1/webhooks/deliveries/{deliveryId}/replay */
export function replayWebhookDeliveryRoute(replay: ReplayDelivery): Route {
  return route(
    {
      operationId: "replayWebhookDelivery",
      method: "POST",
      path: "/api/v1/webhooks/deliveries/{deliveryId}/replay",
      tag,
      summary: "Send a notification once more, under the same id",
      permission,
      pathSchema: z.object({ deliveryId: z.string().min(1).max(128) }),
      responses: {
        202: { description: "It is being sent", content: { "application/json": deliverySchema } },
      },
    },
    async ({ path }, { principal }) =>
      jsonResponse(202, deliveryJson(await replay(principal, path.deliveryId))),
  );
}

function secretJson({ current, previous }: WebhookSecret): z.input<typeof secretSchema> {
  return { secret: current, previousValidUntil: previous?.until ?? null };
}

function deliveryJson(delivery: WebhookDelivery): z.input<typeof deliverySchema> {
  const { id, batchId, url, status, attempts, createdAt } = delivery;
  return { id, batchId, url, status, attempts: attempts.map((attempt) => ({ ...attempt })), createdAt };
}
