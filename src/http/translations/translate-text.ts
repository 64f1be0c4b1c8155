import { z } from "zod";
import type { TranslateText } from "../../application/translations/translate-text.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { lexiconNames, languageTag } from "../synthesis/speak-body.ts";
import { costSchema } from "../synthesis/speech-schema.ts";

const MAX_BODY_BYTES = 2 * 1024 * 1024;

const bodySchema = z
  .strictObject({
    text: z.string().min(1).optional(),
    texts: z.array(z.string().min(1)).min(1).max(100).optional(),
    from: languageTag.optional().describe("Default: detected"),
    to: languageTag,
    lexicon: lexiconNames.optional(),
  })
  .refine((body) => (body.text === undefined) !== (body.texts === undefined), {
    path: ["text"],
    message: "is needed, or texts: send exactly one of them",
  });

const answerSchema = z
  .object({
    translations: z.array(z.object({ text: z.string(), from: z.string(), to: z.string() })),
    charactersBilled: z.int(),
    cost: costSchema.nullable(),
  })
  .meta({ id: "Translations" });

/** POST /api/v1/translations */
export function translateTextRoute(translateText: TranslateText): Route {
  return route(
    {
      operationId: "translateText",
      method: "POST",
      path: "/api/v1/translations",
      tag: "Translation",
      summary: "Translate texts; words of your lexicons stay as they are",
      permission: "synthesis:run",
      limitClass: "synthesis",
      body: { schema: bodySchema, mediaTypes: ["application/json"], maxBytes: MAX_BODY_BYTES },
      responses: {
        200: {
          description: "The translations, in order",
          content: { "application/json": answerSchema },
        },
      },
    },
    async ({ body }, { principal, signal }) => {
      const { text, texts = [], from, to, lexicon } = body;
      const request = { texts: text === undefined ? texts : [text], from, to, lexicons: lexicon };
      const { translations, cost } = await translateText(principal, request, signal);
      return jsonResponse(200, {
        translations: translations.map((each) => ({ text: each.text, from: each.from, to: each.to })),
        charactersBilled: translations.reduce((sum, { billedCharacters }) => sum + billedCharacters, 0),
        cost: cost ?? null,
      });
    },
  );
}
