/** A prebuilt voice of Azure Speech. */
export interface CatalogVoice {
  /** What selects it, for example `en-US-AvaMultilingualNeural`. */
  readonly name: string;
  readonly displayName: string;
  readonly localName: string;
  readonly locale: string;
  readonly localeName: string;
  /** Further locales it speaks. */
  readonly secondaryLocales: readonly string[];
  readonly gender: "female" | "male" | "neutral";
  readonly styles: readonly string[];
  readonly roles: readonly string[];
  readonly sampleRateHz: number;
  readonly status: "ga" | "preview" | "deprecated";
}
