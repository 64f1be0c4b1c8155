/** A way to train a model. */
export interface Recipe {
  readonly kind: "Default" | "CrossLingual" | "MultiStyle" | "HD";
  readonly version: string;
  readonly description: string;
  readonly minUtteranceCount: number;
  readonly minStyleUtteranceCount?: number;
  readonly maxCustomStyleNum?: Readonly<Record<string, number>>;
  readonly datasetLocales: readonly string[];
  readonly modelLocales: readonly string[];
  readonly presetStyles?: Readonly<
    Record<string, { readonly female: readonly string[]; readonly male: readonly string[] }>
  >;
}

const LOCALES = [
  "ar-EG",
  "ar-SA",
  "cs-CZ",
  "da-DK",
  "de-AT",
  "de-CH",
  "de-DE",
  "en-AU",
  "en-CA",
  "en-GB",
  "en-IN",
  "en-US",
  "es-ES",
  "es-MX",
  "fi-FI",
  "fr-CA",
  "fr-FR",
  "hi-IN",
  "id-ID",
  "it-IT",
  "ja-JP",
  "ko-KR",
  "nb-NO",
  "nl-NL",
  "pl-PL",
  "pt-BR",
  "pt-PT",
  "ru-RU",
  "sv-SE",
  "tr-TR",
  "vi-VN",
  "zh-CN",
  "zh-HK",
  "zh-TW",
];

const STYLE_LOCALES = ["en-US", "zh-CN", "ja-JP"];

/** What `GET /modelrecipes` lists, newest version of a kind last. The locales are a part of Azure's. */
export const RECIPES: readonly Recipe[] = [
  {
    kind: "Default",
    version: "V7.2023.03",
    description: "Neural voice in the language of its training data.",
    minUtteranceCount: 300,
    datasetLocales: LOCALES,
    modelLocales: LOCALES,
  },
  {
    kind: "Default",
    version: "V10.0",
    description: "Neural voice in the language of its training data.",
    minUtteranceCount: 300,
    datasetLocales: LOCALES,
    modelLocales: LOCALES,
  },
  {
    kind: "CrossLingual",
    version: "V3.2023.06",
    description: "Neural voice that speaks another language than its training data.",
    minUtteranceCount: 300,
    datasetLocales: LOCALES,
    modelLocales: LOCALES,
  },
  {
    kind: "MultiStyle",
    version: "V3.2023.06",
    description: "Neural voice with several styles.",
    minUtteranceCount: 300,
    minStyleUtteranceCount: 100,
    maxCustomStyleNum: { "en-US": 10, "zh-CN": 4, "ja-JP": 5 },
    datasetLocales: STYLE_LOCALES,
    modelLocales: STYLE_LOCALES,
    presetStyles: {
      "en-US": {
        female: ["angry", "cheerful", "excited", "friendly", "hopeful", "sad", "shouting", "whispering"],
        male: ["angry", "cheerful", "excited", "friendly", "hopeful", "sad", "shouting", "whispering"],
      },
      "ja-JP": { female: ["angry", "cheerful", "sad"], male: ["angry", "cheerful", "sad"] },
      "zh-CN": { female: ["angry", "cheerful", "sad"], male: ["angry", "cheerful", "sad"] },
    },
  },
  {
    kind: "HD",
    version: "V1.0",
    description: "Neural HD voice.",
    minUtteranceCount: 300,
    datasetLocales: LOCALES,
    modelLocales: LOCALES,
  },
];
