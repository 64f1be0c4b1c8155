import { z } from "zod";
import type { ExportLexicon } from "../../application/lexicon/export-lexicon.ts";
import { DEFAULT_LEXICON } from "../../application/lexicon/lexicon-name.ts";
import { LEXICON_FILE_FORMATS, type LexiconFileFormat } from "../../application/ports/lexicon-files.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { quotedEtag } from "../if-match.ts";
import { ownerField } from "../owner-field.ts";
import { type Route, route } from "../route.ts";
import { StreamedResponse } from "../stream-ending.ts";
import { lexiconName } from "./lexicon-schema.ts";

const MEDIA_TYPES: Readonly<Record<LexiconFileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
  jsonl: "application/x-ndjson",
  pls: "application/pls+xml",
};
const PIECES_PER_CHUNK = 200;

const querySchema = z.object({
  ownerId: ownerField,
  lexicon: lexiconName.default(DEFAULT_LEXICON),
  format: z.enum(LEXICON_FILE_FORMATS).default("pls"),
  locale: z.string().max(64).optional().describe("Only entries of exactly this locale"),
});

export function exportLexiconRoute(exportLexicon: ExportLexicon): Route {
  return route(
    {
      operationId: "exportLexicon",
      method: "GET",
      path: "/api/v1/lexicon/export",
      tag: "Lexicon",
      summary: "Download a lexicon as a file",
      description:
        "What is downloaded uploads as the same entries, in every format; with the field `lexicon`, into another lexicon.",
      permission: "lexicon:read",
      querySchema,
      responses: {
        200: {
          description: "The file",
          content: {
            "text/csv": z.string(),
            "application/json": z.array(z.looseObject({ grapheme: z.string() })),
            "application/x-ndjson": z.string(),
            "application/pls+xml": z.string(),
          },
        },
      },
    },
    async ({ query }, { principal }) => {
      const { revision, pieces } = await exportLexicon(onBehalfOf(principal, query.ownerId), query);
      return new StreamedResponse(streamOf(pieces), {
        "content-type": MEDIA_TYPES[query.format],
        "content-disposition": `attachment; filename="${query.lexicon}.${query.format}"`,
        "cache-control": "no-store",
        etag: quotedEtag(String(revision)),
      });
    },
  );
}

/** Makes the file as fast as the client takes it. */
function streamOf(pieces: Iterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      let text = "";
      for (let count = 0; count < PIECES_PER_CHUNK; count += 1) {
        const next = iterator.next();
        if (next.done === true) {
          controller.enqueue(encoder.encode(text));
          controller.close();
          return;
        }
        text += next.value;
      }
      controller.enqueue(encoder.encode(text));
    },
  });
}
