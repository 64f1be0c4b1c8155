import { z } from "zod";
import { entryEtag } from "../../application/lexicon/find-entry.ts";
import { DEFAULT_LEXICON, LEXICON_NAME } from "../../application/lexicon/lexicon-name.ts";
import { ALPHABETS } from "../../domain/lexicon/alphabet.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";

const MAX_LEXICONS_PER_REQUEST = 10;

export const lexiconName = z
  .string()
  .regex(LEXICON_NAME, "must be 1..64 letters, digits, dots, hyphens or underscores");

/** Lexicons of one request, the one to prefer first; `[]` means none. */
export const lexiconNames = z
  .union([lexiconName.transform((name) => [name]), z.array(lexiconName).max(MAX_LEXICONS_PER_REQUEST)])
  .optional()
  .describe(`Names, the one to prefer first; [] means none. Default: ${DEFAULT_LEXICON}`);

/** What is longer, or wrong in another way, the use case refuses with a reason. */
const text = z.string().max(2000);

export const lexemeFields = {
  grapheme: text.describe("As written in texts"),
  alias: text.optional().describe("Words to speak instead; excludes phoneme"),
  phoneme: text.optional().describe("Phones to speak; excludes alias"),
  alphabet: z
    .string()
    .max(32)
    .optional()
    .describe(`Of phoneme: ${ALPHABETS.join(", ")}. Default: ipa`),
  locale: z.string().max(64).optional().describe("BCP 47, or * for every language. Default: *"),
  caseSensitive: z.boolean().optional().describe("Default: false"),
  wholeWord: z.boolean().optional().describe("Default: true"),
  enabled: z.boolean().optional().describe("Default: true"),
  notes: text.optional(),
};

export const entryPath = z.object({ entryId: z.string().min(1).max(128) });

/** An entry as clients see it. */
export const entrySchema = z
  .object({
    id: z.string(),
    lexicon: z.string(),
    grapheme: z.string(),
    alias: z.string().optional(),
    phoneme: z.string().optional(),
    alphabet: z.enum(ALPHABETS).optional(),
    locale: z.string(),
    caseSensitive: z.boolean(),
    wholeWord: z.boolean(),
    enabled: z.boolean(),
    notes: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    etag: z.string(),
  })
  .meta({ id: "LexiconEntry" });

export function entryBody(entry: LexiconEntry): z.input<typeof entrySchema> {
  const { pronunciation } = entry;
  return {
    id: entry.id,
    lexicon: entry.lexicon,
    grapheme: entry.grapheme,
    ...(pronunciation.kind === "alias"
      ? { alias: pronunciation.alias }
      : { phoneme: pronunciation.phoneme, alphabet: pronunciation.alphabet }),
    locale: entry.locale,
    caseSensitive: entry.caseSensitive,
    wholeWord: entry.wholeWord,
    enabled: entry.enabled,
    notes: entry.notes,
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
    etag: entryEtag(entry),
  };
}
