import type { CatalogVoice } from "../../domain/voice/catalog-voice.ts";
import type { VoiceCatalog } from "../ports/voice-catalog.ts";

export interface CatalogQuery {
  /** Also finds voices that speak it as a further language. */
  readonly locale?: string | undefined;
  readonly gender?: CatalogVoice["gender"] | undefined;
  readonly style?: string | undefined;
}

/** Prebuilt voices by name. @throws what {@link VoiceCatalog.list} throws. */
export type ListCatalogVoices = (query: CatalogQuery) => Promise<readonly CatalogVoice[]>;

export function makeListCatalogVoices(catalog: VoiceCatalog): ListCatalogVoices {
  return async ({ locale, gender, style }) => {
    const voices = await catalog.list();
    return voices
      .filter((voice) => locale === undefined || speaks(voice, locale.toLowerCase()))
      .filter((voice) => gender === undefined || voice.gender === gender)
      .filter((voice) => style === undefined || voice.styles.includes(style))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  };
}

/** `de` finds every German voice, `de-AT` the Austrian ones. */
function speaks({ locale, secondaryLocales }: CatalogVoice, wanted: string): boolean {
  return [locale, ...secondaryLocales].some((spoken) => {
    const lower = spoken.toLowerCase();
    return lower === wanted || lower.startsWith(`${wanted}-`);
  });
}
