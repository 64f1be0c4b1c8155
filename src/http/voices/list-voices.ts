import { z } from "zod";
import type { ListVoices } from "../../application/voices/list-voices.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { VOICE_STATUSES } from "../../domain/voice/voice-status.ts";
import { oneOrMany } from "../form-fields.ts";
import { ownerField } from "../owner-field.ts";
import { pageSchema, pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { voiceBody, voiceSchema } from "./voice-schema.ts";

const querySchema = z.object({
  ...pagingQuery,
  ownerId: ownerField,
  kind: z.enum(["personal", "professional"]).optional(),
  status: z.enum(VOICE_STATUSES).optional(),
  locale: z.string().max(20).optional(),
  visibility: z
    .enum(["private", "organization"])
    .optional()
    .describe(
      "`organization` lists what anybody shares, your own included; with `ownerId` what this owner shares. " +
        "A page may have fewer than `limit` while voices are being withdrawn; follow `nextCursor`. " +
        "Default: your own voices only, shared or not",
    ),
  label: oneOrMany(
    z
      .string()
      .max(400)
      .regex(/^[^:]+:/, "must be key:value"),
    { min: 1, max: 20 },
  )
    .refine((labels) => new Set(labels.map(keyOf)).size === labels.length, "names a key twice")
    .optional()
    .describe("`key:value`; given several times, a voice has all of them"),
  q: z.string().min(1).max(100).optional(),
});

export function listVoicesRoute(listVoices: ListVoices): Route {
  return route(
    {
      operationId: "listVoices",
      method: "GET",
      path: "/api/v1/voices",
      tag: "Voices",
      summary: "List your voices, or those that are shared, newest first",
      permission: "voices:read",
      querySchema,
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(voiceSchema) } },
      },
    },
    async ({ query: { label, ...query } }, { principal }) => {
      const labels = label && Object.fromEntries(label.map(labelOf));
      const { items, nextCursor } = await listVoices(onBehalfOf(principal, query.ownerId), {
        ...query,
        labels,
      });
      return jsonResponse(200, { items: items.map(voiceBody), nextCursor });
    },
  );
}

/** Keys of labels hold no colon, values may. */
function labelOf(label: string): readonly [key: string, value: string] {
  const colon = label.indexOf(":");
  return [label.slice(0, colon), label.slice(colon + 1)];
}

function keyOf(label: string): string {
  return labelOf(label)[0];
}
