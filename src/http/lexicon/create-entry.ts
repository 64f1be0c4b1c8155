import { z } from "zod";
import type { CreateLexiconEntry } from "../../application/lexicon/create-entry.ts";
import { DEFAULT_LEXICON } from "../../application/lexicon/lexicon-name.ts";
import { onBehalfOf } from "../../domain/access/on-behalf-of.ts";
import { quotedEtag } from "../if-match.ts";
import { ownerQuery } from "../owner-field.ts";
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
      querySchema: ownerQuery,
      body: { schema: bodySchema, mediaTypes: ["application/json"], maxBytes: MAX_BODY_BYTES },
      responses: {
        201: { description: "The entry", content: { "application/json": entrySchema } },
      },
    },
    async ({ query, body: { lexicon, ...draft } }, { principal }) => {
      const owner = onBehalfOf(principal, query.ownerId);
      const body = entryBody(await createEntry(owner, lexicon, draft));
      return jsonResponse(201, body, {
        location: `/api/v1/lexicon/${body.id}${query.ownerId === undefined ? "" : `?ownerId=${query.ownerId}`}`,
        etag: quotedEtag(body.etag),
      });
    },
  );
}
