import { z } from "zod";
import type { ExplainedMatch } from "../../application/lexicon/explain-texts.ts";
import type { ValidateLexicon, ValidationReport } from "../../application/lexicon/validate-lexicon.ts";
import { describePhoneIssue } from "../../domain/lexicon/lexeme-problems.ts";
import { replacementOf } from "../../domain/lexicon/lexicon-entry.ts";
import { canonicalLocale } from "../../domain/lexicon/locale.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { lexiconNames } from "./lexicon-schema.ts";

const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** One language, in its usual spelling. */
export const spokenLocale = z
  .string()
  .max(64)
  .transform((value, context) => {
    const locale = value === "*" ? undefined : canonicalLocale(value);
    if (locale === undefined) {
      context.addIssue({ code: "custom", message: "is no known language such as de-AT" });
      return z.NEVER;
    }
    return locale;
  });

const bodySchema = z
  .strictObject({
    text: z.string().min(1).optional(),
    ssml: z.string().min(1).optional(),
    locale: spokenLocale.optional().describe("Default: the voice's own"),
    lexicon: lexiconNames,
    voiceId: z.string().min(1).max(200).optional().describe("One of your voices"),
    voice: z.string().min(1).max(200).optional().describe("A voice of the catalog"),
  })
  .refine(({ text, ssml }) => (text === undefined) !== (ssml === undefined), {
    path: ["text"],
    message: "or ssml: send one of them",
  })
  .refine(({ voiceId, voice }) => voiceId === undefined || voice === undefined, {
    path: ["voice"],
    message: "excludes voiceId: send one of them",
  });

const reportSchema = z
  .object({
    locale: z.string(),
    revision: z.string().describe("Of each lexicon that was used, such as default@12"),
    matches: z.array(
      z.object({
        entryId: z.string(),
        lexicon: z.string(),
        grapheme: z.string(),
        start: z.int().describe("UTF-16 code units from the start of the text or SSML as sent"),
        end: z.int(),
        replacement: z.string(),
        applied: z.boolean(),
        reason: z.string().nullable(),
      }),
    ),
    ssml: z.string(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: "LexiconValidation" });

export function validateLexiconRoute(validateLexicon: ValidateLexicon): Route {
  return route(
    {
      operationId: "validateLexicon",
      method: "POST",
      path: "/api/v1/lexicon/validate",
      tag: "Lexicon",
      summary: "Try a lexicon on a text without speaking it",
      description:
        "Tells which entries match where, which are not spoken and why, and the SSML that would be spoken.",
      permission: "lexicon:read",
      body: { schema: bodySchema, mediaTypes: ["application/json"], maxBytes: MAX_BODY_BYTES },
      responses: {
        200: { description: "What would happen", content: { "application/json": reportSchema } },
      },
    },
    async ({ body }, { principal, signal }) => {
      const { text, ssml, locale, lexicon: lexicons } = body;
      const content =
        ssml === undefined
          ? ({ kind: "text", value: text ?? "" } as const)
          : ({ kind: "ssml", value: ssml } as const);
      const report = await validateLexicon(
        principal,
        { content, locale, lexicons, voice: voiceOf(body) },
        signal,
      );
      return jsonResponse(200, reportBody(report));
    },
  );
}

function voiceOf({ voiceId, voice }: z.output<typeof bodySchema>) {
  if (voiceId !== undefined) {
    return { kind: "own", voiceId } as const;
  }
  return voice === undefined ? undefined : ({ kind: "catalog", voice } as const);
}

function reportBody({ locale, revisionKey, matches, ssml }: ValidationReport): z.input<typeof reportSchema> {
  const warnings = new Map(matches.flatMap(warningsOf).map((warning) => [warning.message, warning]));
  return {
    locale,
    revision: revisionKey,
    matches: matches.map(({ entry, start, end, reason }) => ({
      entryId: entry.id,
      lexicon: entry.lexicon,
      grapheme: entry.grapheme,
      start,
      end,
      replacement: replacementOf(entry.pronunciation),
      applied: reason === undefined,
      reason: reason ?? null,
    })),
    ssml,
    warnings: [...warnings.values()],
  };
}

function warningsOf({ entry, reason, phoneIssues }: ExplainedMatch) {
  if (reason === "phonemes-unsupported" || reason === "alphabet-unsupported") {
    const what = reason === "phonemes-unsupported" ? "phonemes" : "the alphabet of its phonemes";
    const message = `The voice does not obey ${what}: entry ${entry.id} ("${entry.grapheme}") is not spoken.`;
    return [{ code: reason, message }];
  }
  return phoneIssues.map((issue) => ({
    code: "phoneme-invalid",
    message: `The phoneme of entry ${entry.id} ("${entry.grapheme}") ${describePhoneIssue(issue)}.`,
  }));
}
