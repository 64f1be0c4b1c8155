export interface TranslationRequest {
  readonly texts: readonly string[];
  /** Language tag; undefined lets the service detect it. */
  readonly from: string | undefined;
  readonly to: string;
  /** Words that stay as they are. */
  readonly keep: readonly string[];
}

export interface Translation {
  readonly text: string;
  /** As given, or as detected. */
  readonly from: string;
  readonly to: string;
  /** What the service bills. */
  readonly billedCharacters: number;
}

export interface TranslationLanguage {
  /** Language tag. */
  readonly code: string;
  readonly name: string;
  readonly nativeName: string;
  readonly direction: "ltr" | "rtl";
}

/**
 * Translates texts.
 *
 * @throws {@link ServiceError} `language-unsupported`; `translation-unauthorized`; `translation-throttled` and
 * `translation-unavailable` (retryable).
 */
export interface TextTranslator {
  /** @returns one translation for each text, in their order. */
  translate(request: TranslationRequest, signal: AbortSignal): Promise<readonly Translation[]>;
  languages(signal: AbortSignal): Promise<readonly TranslationLanguage[]>;
}
