import type { Clock } from "../ports/clock.ts";
import type { TextTranslator, TranslationLanguage } from "../ports/text-translator.ts";
import { configured } from "./translate-text.ts";

/** Languages that texts can be translated to. @throws {@link ServiceError} `not-configured`, `translation-unavailable`. */
export type ListLanguages = (signal: AbortSignal) => Promise<readonly TranslationLanguage[]>;

/** The list changes a few times a year. */
const KEPT_MS = 3_600_000;

export function makeListLanguages(translator: TextTranslator | undefined, clock: Clock): ListLanguages {
  let kept: { readonly languages: readonly TranslationLanguage[]; readonly untilMs: number } | undefined;
  return async (signal) => {
    const nowMs = clock.now().getTime();
    if (kept !== undefined && nowMs < kept.untilMs) {
      return kept.languages;
    }
    const languages = await configured(translator).languages(signal);
    kept = { languages, untilMs: nowMs + KEPT_MS };
    return languages;
  };
}
