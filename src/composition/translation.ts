import { AzureTextTranslator } from "../adapters/translator/azure-text-translator.ts";
import type { LexiconLookup } from "../application/ports/lexicon-lookup.ts";
import type { TextTranslator } from "../application/ports/text-translator.ts";
import { makeListLanguages } from "../application/translations/list-languages.ts";
import { makeTranslateText } from "../application/translations/translate-text.ts";
import type { Route } from "../http/route.ts";
import { listLanguagesRoute } from "../http/translations/list-languages.ts";
import { translateTextRoute } from "../http/translations/translate-text.ts";
import type { Foundation } from "./foundation.ts";
import { throttleCounter } from "./throttle-counter.ts";

const TIMEOUT_MS = 20_000;

/** A Translator resource without a region of its own. */
const GLOBAL_REGION = "global";

/** @returns undefined where translation is not configured. */
export function configuredTranslator({
  config,
  identity,
  readSecret,
  renewSecret,
  metrics,
}: Foundation): TextTranslator | undefined {
  const { AZURE_TRANSLATOR_ENDPOINT: endpoint, AZURE_TRANSLATOR_KEY: key } = config;
  if (endpoint === undefined) {
    return undefined;
  }
  return new AzureTextTranslator({
    endpoint,
    region: config.AZURE_TRANSLATOR_REGION ?? GLOBAL_REGION,
    credential:
      key === undefined
        ? { kind: "token", token: identity.credential }
        : { kind: "key", key: () => readSecret(key), renew: (refused) => renewSecret(key, refused) },
    timeoutMs: TIMEOUT_MS,
    onThrottled: throttleCounter(metrics, "translator"),
  });
}

export function translationRoutes(
  { config, clock }: Foundation,
  translator: TextTranslator | undefined,
  lookup: LexiconLookup,
): readonly Route[] {
  const parts = {
    translator,
    lookup,
    prices: config.PRICE_TABLE,
    maxTextCharacters: config.MAX_TEXT_CHARACTERS,
  };
  return [
    translateTextRoute(makeTranslateText(parts)),
    listLanguagesRoute(makeListLanguages(translator, clock)),
  ];
}
