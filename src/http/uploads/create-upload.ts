import { z } from "zod";
import type { CreateUpload } from "../../application/uploads/create-upload.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";

const MAX_FILE_BYTES = 200 * 1024 * 1024;
const MAX_FILES = 5_000;
const MAX_BODY_BYTES = 2 * 1024 * 1024;

const file = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(256)
    .regex(
      /^[^\\/:*?"<>|\s.][^\\/:*?"<>|]*$/,
      'must not contain \\ / : * ? " < > | or begin with a dot or a blank',
    ),
  sizeBytes: z.number().int().min(1).max(MAX_FILE_BYTES),
  contentType: z.enum(["audio/wav", "audio/x-wav", "audio/mpeg", "text/plain"]),
});

const bodySchema = z.strictObject({ files: z.array(file).min(1).max(MAX_FILES) });

const answerSchema = z
  .object({
    id: z.string(),
    expiresAt: z.string(),
    files: z.array(
      z.object({
        name: z.string(),
        method: z.literal("PUT"),
        url: z.string(),
        headers: z.record(z.string(), z.string()),
        expiresAt: z.string(),
      }),
    ),
  })
  .meta({ id: "Upload" });

export function createUploadRoute(createUpload: CreateUpload): Route {
  return route(
    {
      operationId: "createUpload",
      method: "POST",
      path: "/api/v1/uploads",
      tag: "Voices",
      summary: "Get URLs for files that are too large for a request",
      permission: "voices:train",
      limitClass: "training",
      idempotent: true,
      body: { schema: bodySchema, mediaTypes: ["application/json"], maxBytes: MAX_BODY_BYTES },
      responses: {
        201: { description: "Where to send each file", content: { "application/json": answerSchema } },
      },
    },
    async ({ body }, { principal }) => {
      const files = body.files.map(({ name, ...rest }) => ({ fileName: name, ...rest }));
      const { upload, links } = await createUpload(principal, files);
      return jsonResponse(201, {
        id: upload.id,
        expiresAt: upload.expiresAt,
        files: links.map(({ fileName, url, expiresAt }) => ({
          name: fileName,
          method: "PUT",
          url,
          headers: { "x-ms-blob-type": "BlockBlob" },
          expiresAt: expiresAt.toISOString(),
        })),
      });
    },
  );
}
