import { z } from "zod";
import { jsonResponse } from "../../src/http/responses.ts";
import { type Route, route } from "../../src/http/route.ts";

const note = z.object({ id: z.string(), text: z.string() }).meta({ id: "Note" });

/** Two routes of an API that is none: one reads, one writes. */
export const sampleRoutes: readonly Route[] = [
  route(
    {
      operationId: "getNote",
      method: "GET",
      path: "/api/v1/notes/{noteId}",
      tag: "Notes",
      summary: "Read a note",
      permission: "voices:read",
      pathSchema: z.object({ noteId: z.string() }),
      querySchema: z.object({ limit: z.coerce.number().int().default(20) }),
      responses: { 200: { description: "The note", content: { "application/json": note } } },
    },
    async ({ path }) => jsonResponse(200, { id: path.noteId, text: "text" }),
  ),
  route(
    {
      operationId: "createNote",
      method: "POST",
      path: "/api/v1/notes",
      tag: "Notes",
      summary: "Write a note",
      permission: "voices:write",
      body: { schema: note, mediaTypes: ["application/json", "multipart/form-data"], maxBytes: 1000 },
      responses: { 201: { description: "Written", content: { "application/json": note } } },
    },
    async ({ body }) => jsonResponse(201, body),
  ),
];
