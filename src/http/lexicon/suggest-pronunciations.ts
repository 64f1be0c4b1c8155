import { z } from "zod";
import type { Suggestion, SuggestPronunciations } from "../../application/lexicon/suggest-pronunciations.ts";
import { ALPHABETS } from "../../domain/lexicon/alphabet.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { lexiconNames } from "./lexicon-schema.ts";
import { spokenLocale } from "./validate-lexicon.ts";

const MAX_BODY_BYTES = 128 * 1024;
const MAX_TEXT_CHARACTERS = 20_000;

const bodySchema = z.strictObject({
  text: z.string().min(1).max(MAX_TEXT_CHARACTERS),
  locale: spokenLocale,
  lexicon: lexiconNames,
});

const suggestionsSchema = z
  .object({
    suggestions: z.array(
      z.object({
        grapheme: z.string(),
        alias: z.string().optional(),
        phoneme: z.string().optional(),
        alphabet: z.enum(ALPHABETS).optional(),
        locale: z.string(),
        caseSensitive: z.boolean(),
        hardness: z.enum(["acronym", "mixed-case", "letters-and-digits", "name"]),
        reason: z.string(),
      }),
    ),
    rejected: z.array(z.object({ grapheme: z.string(), message: z.string() })),
  })
  .meta({ id: "PronunciationSuggestions" });

export function suggestPronunciationsRoute(suggestPronunciations: SuggestPronunciations): Route {
  return route(
    {
      operationId: "suggestPronunciations",
      method: "POST",
      path: "/api/v1/lexicon/suggest",
      tag: "Lexicon",
      summary: "Propose pronunciations for the hard words of a text",
      description:
        "Words that the lexicons do not know and that look hard to say. The proposals are checked and not stored; post the ones you like to /api/v1/lexicon.",
      permission: "lexicon:write",
      limitClass: "synthesis",
      body: { schema: bodySchema, mediaTypes: ["application/json"], maxBytes: MAX_BODY_BYTES },
      responses: {
        200: { description: "The proposals", content: { "application/json": suggestionsSchema } },
      },
    },
    async ({ body: { text, locale, lexicon } }, { principal, signal }) => {
      const { suggestions, rejected } = await suggestPronunciations(
        principal,
        { text, locale, lexicons: lexicon },
        signal,
      );
      return jsonResponse(200, { suggestions: suggestions.map(suggestionBody), rejected });
    },
  );
}

function suggestionBody({ lexeme, hardness, reason }: Suggestion) {
  const { grapheme, pronunciation, locale, caseSensitive } = lexeme;
  const { kind: _kind, ...spoken } = pronunciation;
  return { grapheme, ...spoken, locale, caseSensitive, hardness, reason };
}
