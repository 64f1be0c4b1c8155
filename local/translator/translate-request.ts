import { z } from "zod";
import { GENERAL_MODEL, findLanguage } from "./languages.ts";
import type { LanguageCode } from "./languages.ts";
import { translatorRefusal } from "./translator-refusal.ts";
import type { TranslatorErrorCode } from "./translator-refusal.ts";

const MAX_ELEMENTS = 1000;
/** Of one request: each text counts once for each of its targets. */
const MAX_CHARACTERS = 50_000;

export interface TranslationInput {
  readonly text: string;
  readonly isHtml: boolean;
  /** Missing when it has to be detected. */
  readonly from: LanguageCode | undefined;
  readonly targets: readonly LanguageCode[];
}

const targetSchema = z.object({
  language: coded(400036),
  script: z.string().optional(),
  profanityAction: z.literal("NoAction", { error: option("profanityAction") }).optional(),
  profanityMarker: z.enum(["Asterisk", "Tag"], { error: option("profanityMarker") }).optional(),
  deploymentName: z.literal(GENERAL_MODEL, { error: String(400079) }).optional(),
  allowFallback: z.boolean({ error: option("allowFallback") }).optional(),
  tone: llmOnly("tone"),
  gender: llmOnly("gender"),
  adaptiveDatasetId: llmOnly("adaptiveDatasetId"),
  referenceTextPairs: llmOnly("referenceTextPairs"),
});

const inputSchema = z.object({
  text: coded(400005),
  language: coded(400035).optional(),
  script: z.string().optional(),
  textType: z
    .string({ error: String(400071) })
    .regex(/^(plain|html)$/i, { error: String(400071) })
    .default("Plain"),
  targets: z.array(targetSchema, { error: String(400036) }).min(1, { error: String(400036) }),
});

const bodySchema = z.object({
  inputs: z
    .array(inputSchema, { error: String(400000) })
    .min(1, { error: String(400000) })
    .max(MAX_ELEMENTS, { error: String(400072) }),
});

/**
 * Checks the body of `POST /translate`. What needs an LLM deployment is refused: this stand-in has none.
 *
 * @throws {@link Refusal} with the code of the first thing that is wrong.
 */
export function parseTranslateRequest(body: unknown): readonly TranslationInput[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw refusalOf(parsed.error.issues[0]?.message ?? "");
  }
  const inputs = parsed.data.inputs.map((input) => ({
    text: input.text,
    isHtml: input.textType.toLowerCase() === "html",
    from: input.language === undefined ? undefined : languageOf(input.language, input.script, 400035),
    targets: input.targets.map(({ language, script }) => languageOf(language, script, 400036)),
  }));
  const characters = inputs.reduce((sum, { text, targets }) => sum + text.length * targets.length, 0);
  if (characters > MAX_CHARACTERS) {
    throw translatorRefusal(inputs.length === 1 ? 400050 : 400077);
  }
  return inputs;
}

function languageOf(
  code: string,
  script: string | undefined,
  refusalCode: TranslatorErrorCode,
): LanguageCode {
  const language = findLanguage(code);
  if (language === undefined) {
    throw translatorRefusal(refusalCode);
  }
  if (script !== undefined && script !== new Intl.Locale(language).maximize().script) {
    throw translatorRefusal(400073, "Transliteration is not imitated.");
  }
  return language;
}

/** The messages of the schemas are the codes of the service, with a hint after a blank. */
function refusalOf(issue: string): Error {
  const [code = "", ...hint] = issue.split(" ");
  const known = ([400005, 400035, 400036, 400042, 400071, 400072, 400079] as const).find(
    (one) => String(one) === code,
  );
  return translatorRefusal(known ?? 400000, hint.join(" "));
}

function coded(code: TranslatorErrorCode): z.ZodString {
  return z.string({ error: String(code) });
}

function option(name: string): string {
  return `400042 ${name}`;
}

function llmOnly(name: string): z.ZodOptional<z.ZodUndefined> {
  return z.undefined({ error: `400042 ${name} needs an LLM deployment.` }).optional();
}
