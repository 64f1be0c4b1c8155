import { z } from "zod";
import type { ListVoices } from "../../application/voices/list-voices.ts";
import { VOICE_STATUSES } from "../../domain/voice/voice-status.ts";
import { pageSchema, pagingQuery } from "../paging.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { voiceBody, voiceSchema } from "./voice-schema.ts";

const querySchema = z.object({
  ...pagingQuery,
  kind: z.enum(["personal", "professional"]).optional(),
  status: z.enum(VOICE_STATUSES).optional(),
  locale: z.string().max(20).optional(),
  visibility: z.enum(["private", "organization"]).optional(),
  q: z.string().min(1).max(100).optional(),
});

export function listVoicesRoute(listVoices: ListVoices): Route {
  return route(
    {
      operationId: "listVoices",
      method: "GET",
      path: "/api/v1/voices",
      tag: "Voices",
      summary: "List your voices, newest first",
      permission: "voices:read",
      querySchema,
      responses: {
        200: { description: "One page", content: { "application/json": pageSchema(voiceSchema) } },
      },
    },
    async ({ query }, { principal }) => {
      const { items, nextCursor } = await listVoices(principal, query);
      return jsonResponse(200, { items: items.map(voiceBody), nextCursor });
    },
  );
}
