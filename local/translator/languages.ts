import { createHash } from "node:crypto";
import { translatorRefusal } from "./translator-refusal.ts";

/** The languages of this stand-in; Azure has over a hundred. */
const LANGUAGE_CODES = [
  "ar",
  "cs",
  "da",
  "de",
  "el",
  "en",
  "es",
  "fi",
  "fr",
  "he",
  "hi",
  "hu",
  "it",
  "ja",
  "ko",
  "nb",
  "nl",
  "pl",
  "pt",
  "ro",
  "ru",
  "sv",
  "th",
  "tr",
  "uk",
  "vi",
  "zh-Hans",
  "zh-Hant",
] as const;

export type LanguageCode = (typeof LANGUAGE_CODES)[number];

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar", "he"]);
const SCOPES: ReadonlySet<string> = new Set(["translation", "transliteration", "models"]);

/** The one model this stand-in has. */
export const GENERAL_MODEL = "general";

/** @returns the code as the service writes it; undefined for a language it does not translate. */
export function findLanguage(code: string): LanguageCode | undefined {
  const wanted = code.toLowerCase();
  return LANGUAGE_CODES.find((known) => known.toLowerCase() === wanted);
}

export interface LanguagesAnswer {
  readonly body: object;
  readonly etag: string;
}

/**
 * What `GET /languages` tells. Transliteration is not imitated, so there is no language of it.
 *
 * @param scope comma-separated; null means everything.
 * @param acceptLanguage of the names; the service falls back to English.
 * @throws {@link Refusal} 400001.
 */
export function describeLanguages(scope: string | null, acceptLanguage: string | undefined): LanguagesAnswer {
  const scopes = new Set(scope === null ? SCOPES : scope.split(",").map((part) => part.trim()));
  if (![...scopes].every((name) => SCOPES.has(name))) {
    throw translatorRefusal(400001);
  }
  const parts = {
    translation: translationLanguages(displayLocale(acceptLanguage)),
    transliteration: {},
    models: [GENERAL_MODEL],
  };
  const body = Object.fromEntries(Object.entries(parts).filter(([name]) => scopes.has(name)));
  const digest = createHash("sha256").update(JSON.stringify(body)).digest("base64url");
  return { body, etag: `W/"${digest}"` };
}

function translationLanguages(locale: string): object {
  const names = new Intl.DisplayNames([locale], { type: "language" });
  return Object.fromEntries(
    LANGUAGE_CODES.map((code) => {
      const nativeNames = new Intl.DisplayNames([code], { type: "language" });
      const language = {
        name: names.of(code) ?? code,
        nativeName: nativeNames.of(code) ?? code,
        dir: RIGHT_TO_LEFT.has(code) ? "rtl" : "ltr",
        models: [GENERAL_MODEL],
      };
      return [code, language];
    }),
  );
}

/** The first language of the header that names can be told in. */
function displayLocale(acceptLanguage: string | undefined): string {
  const wanted = (acceptLanguage ?? "").split(",").map((part) => (part.split(";")[0] ?? "").trim());
  const known = wanted.find((tag) => findLanguage(tag.split("-")[0] ?? "") !== undefined);
  return known ?? "en";
}
