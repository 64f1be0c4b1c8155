import { z } from "zod";
import { UPLOAD_MODES } from "../../application/lexicon/plan-upload.ts";
import type { UploadLexicon } from "../../application/lexicon/upload-lexicon.ts";
import { LEXICON_FILE_FORMATS, type LexiconFileFormat } from "../../application/ports/lexicon-files.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { ownerQuery } from "../owner-field.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { lexiconName } from "./lexicon-schema.ts";

/** 50,000 rows of 400 bytes. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

const FORMAT_OF_EXTENSION: Readonly<Record<string, LexiconFileFormat>> = {
  csv: "csv",
  tsv: "csv",
  txt: "csv",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  pls: "pls",
  xml: "pls",
};

const bodySchema = z.strictObject({
  file: z.file({ error: "must be a file" }),
  format: z.enum(LEXICON_FILE_FORMATS).optional().describe("Default: by the file's extension"),
  mode: z
    .enum(UPLOAD_MODES)
    .default("upsert")
    .describe(
      "upsert writes over entries for the same words, skip leaves them, replace deletes all others and refuses a file without rows",
    ),
  lexicon: lexiconName
    .optional()
    .describe(
      "Takes all rows, whatever lexicon they name, as for a copy. Default: what the first row says, else default",
    ),
  locale: z.string().max(64).optional().describe("For rows without one. Default: *"),
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .describe("true only reports what would happen, also of rows that are wrong"),
});

const reportSchema = z
  .object({
    lexicon: z.string(),
    previousRevision: z
      .int()
      .describe("Of the lexicon, before the upload; the same where nothing was changed"),
    revision: z.int(),
    fileSha256: z.string().describe("SHA-256 of the file, also in the audit entry of the upload"),
    dryRun: z.boolean(),
    created: z.int(),
    updated: z.int(),
    skipped: z.int(),
    failed: z.int(),
    deleted: z.int(),
    warnings: z.array(z.string()).describe("About the file as a whole, such as that it has no rows"),
    rows: z.array(
      z.object({
        row: z.int(),
        line: z.int().optional(),
        status: z.enum(["created", "updated", "skipped", "failed"]),
        column: z.string().optional(),
        code: z.string().optional(),
        message: z.string().optional(),
        warnings: z
          .array(z.string())
          .optional()
          .describe("What of the row is not stored, as the phoneme of a PLS lexeme that has an alias"),
      }),
    ),
  })
  .meta({ id: "LexiconUpload" });

export function bulkUploadRoute(uploadLexicon: UploadLexicon): Route {
  return route(
    {
      operationId: "bulkUploadLexicon",
      method: "POST",
      path: "/api/v1/lexicon/bulk-upload",
      tag: "Lexicon",
      summary: "Upload a whole lexicon as CSV, JSON, JSON lines or PLS",
      description:
        "All rows are stored or none: one wrong row refuses the file, and `errors` names its row and column. At most 50,000 rows and 20 MB. The field `lexicon` of the form comes before the column of the file.",
      permission: "lexicon:write",
      querySchema: ownerQuery,
      body: { schema: bodySchema, mediaTypes: ["multipart/form-data"], maxBytes: MAX_BODY_BYTES },
      responses: {
        200: {
          description: "What became of each row",
          content: { "application/json": reportSchema },
        },
      },
    },
    async ({ query, body }, { principal, signal, onAuditDetails }) => {
      const { file, format, mode, lexicon, locale, dryRun } = body;
      const request = {
        bytes: file.stream(),
        format: format ?? formatOf(file.name),
        mode,
        lexicon,
        locale,
        dryRun: dryRun === "true",
      };
      const report = await uploadLexicon(onBehalfOf(principal, query.ownerId), request, signal);
      const { rows: _rows, warnings: _warnings, ...details } = report;
      onAuditDetails?.({ ...details, mode, ...(query.ownerId !== undefined && { ownerId: query.ownerId }) });
      return jsonResponse(200, report);
    },
  );
}

function formatOf(fileName: string): LexiconFileFormat {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  const format = FORMAT_OF_EXTENSION[extension];
  if (format === undefined) {
    const message = `Name the format (${LEXICON_FILE_FORMATS.join(", ")}), or give the file its extension.`;
    throw new ServiceError("request-invalid", message, { errors: [{ field: "format", message }] });
  }
  return format;
}
