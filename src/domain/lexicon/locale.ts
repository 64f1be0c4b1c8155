/** Applies in every language. */
export const ANY_LOCALE = "*";

/** Tags that were asked for lately: files name the same one on every row, and looking it up takes 50 µs. */
const knownTags = new Map<string, string | undefined>();
const MAX_KNOWN_TAGS = 500;

/** @returns the canonical spelling (`de-at` → `de-AT`, `*` stays), or undefined when it names no known language or region. */
export function canonicalLocale(value: string): string | undefined {
  if (value === ANY_LOCALE) {
    return value;
  }
  if (!knownTags.has(value)) {
    if (knownTags.size === MAX_KNOWN_TAGS) {
      knownTags.clear();
    }
    knownTags.set(value, lookUp(value));
  }
  return knownTags.get(value);
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

function lookUp(tag: string): string | undefined {
  try {
    const locale = new Intl.Locale(tag);
    return isKnown("language", locale.language) && (!locale.region || isKnown("region", locale.region))
      ? locale.baseName
      : undefined;
  } catch {
    return undefined; // RangeError: not a BCP 47 tag
  }
}

function isKnown(type: "language" | "region", code: string): boolean {
  return new Intl.DisplayNames("en", { type, fallback: "none" }).of(code) !== undefined;
}
