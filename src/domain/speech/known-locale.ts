/**
 * The locale of a list that a language tag stands for: itself, or for a mere language the usual one of those there are.
 *
 * @param wanted BCP 47, for example `de` or `de-DE`.
 * @returns undefined when the list has none, and for a tag that is none.
 */
export function knownLocale(wanted: string, locales: readonly string[]): string | undefined {
  const same = locales.find((locale) => locale.toLowerCase() === wanted.toLowerCase());
  const tag = same === undefined ? localeOf(wanted) : undefined;
  if (tag === undefined || tag.region !== undefined) {
    return same;
  }
  const { language, region = "" } = tag.maximize();
  const spoken = locales.filter((locale) => languageOf(locale) === language);
  return spoken.find((locale) => localeOf(locale)?.region === region) ?? spoken[0];
}

/** Whether two BCP 47 tags name the same language, in whatever region or script. */
export function isSameLanguage(one: string, other: string): boolean {
  return languageOf(one) === languageOf(other);
}

function languageOf(tag: string): string {
  return localeOf(tag)?.language ?? tag.toLowerCase();
}

function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
