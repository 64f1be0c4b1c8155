import { z } from "zod";
import type { CreateLexiconEntry } from "../../application/lexicon/create-entry.ts";
import { DEFAULT_LEXICON } from "../../application/lexicon/lexicon-name.ts";
import { quotedEtag } from "../if-match.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { entryBody, entrySchema, lexemeFields, lexiconName } from "./lexicon-schema.ts";

const MAX_BODY_BYTES = 64 * 1024;

const bodySchema = z.strictObject({ lexicon: lexiconName.default(DEFAULT_LEXICON), ...lexemeFields });

export function createEntryRoute(createEntry: CreateLexiconEntry): Route {
  return route(
    {
      operationId: "createLexiconEntry",
      method: "POST",
      path: "/api/v1/lexicon",
      tag: "Lexicon",
      summary: "Say how a word is to be spoken",
      permission: "lexicon:write",
      idempotent: true,
      body: { schema: bodySchema, mediaTypes: ["application/json"], maxBytes: MAX_BODY_BYTES },
      responses: {
        201: { description: "The entry", content: { "application/json": entrySchema } },
      },
    },
    async ({ body: { lexicon, ...draft } }, { principal }) => {
      const body = entryBody(await createEntry(principal, lexicon, draft));
      return jsonResponse(201, body, {
        location: `/api/v1/lexicon/${body.id}`,
        etag: quotedEtag(body.etag),
      });
    },
  );
}
