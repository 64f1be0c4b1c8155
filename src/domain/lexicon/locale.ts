/** Applies in every language. */
export const ANY_LOCALE = "*";

/** @returns the canonical spelling (`de-at` → `de-AT`, `*` stays), or undefined when it names no known language or region. */
export function canonicalLocale(value: string): string | undefined {
  if (value === ANY_LOCALE) {
    return value;
  }
  try {
    const locale = new Intl.Locale(value);
    return isKnown("language", locale.language) && (!locale.region || isKnown("region", locale.region))
      ? locale.baseName
      : undefined;
  } catch {
    return undefined; // RangeError: not a BCP 47 tag
  }
}

/**
 * Where pronunciations for a locale are looked for, the most specific first: `de-AT`, `de`, `*`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4647#section-3.4
 */
export function localeChain(locale: string): readonly string[] {
  if (locale === ANY_LOCALE) {
    return [ANY_LOCALE];
  }
  const subtags = locale.split("-");
  const chain = subtags.map((_, dropped) => subtags.slice(0, subtags.length - dropped).join("-"));
  return [...chain, ANY_LOCALE];
}

export function languageOf(locale: string): string {
  return locale.split("-", 1)[0]?.toLowerCase() ?? "";
}

function isKnown(type: "language" | "region", code: string): boolean {
  return new Intl.DisplayNames("en", { type, fallback: "none" }).of(code) !== undefined;
}
