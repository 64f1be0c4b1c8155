/** Names of eSpeak languages that are not the locale or its language in lower case. */
const SPECIAL: Readonly<Record<string, string>> = {
  en: "en-us",
  "en-gb": "en-gb-x-rp",
  "en-ie": "en-gb-x-rp",
  "en-in": "en-gb-x-rp",
  "en-nz": "en-gb-x-rp",
  "en-au": "en-gb-x-rp",
  "en-za": "en-gb-x-rp",
  fr: "fr",
  "fr-be": "fr-be",
  "fr-ch": "fr-ch",
  es: "es",
  "es-es": "es",
  "es-mx": "es-419",
  "es-us": "es-419",
  "es-ar": "es-419",
  pt: "pt",
  "pt-br": "pt-br",
  zh: "cmn",
  "zh-hk": "yue",
  yue: "yue",
  nb: "nb",
  no: "nb",
};

/** Languages of eSpeak NG that go by their own code. */
const LANGUAGES: ReadonlySet<string> = new Set(
  (
    "af am ar as az be bg bn bs ca cs cy da de el eo et eu fa fi ga gd gu he hi hr hu hy id is it ja ka kk kn ko ky la lb " +
    "lt lv mi mk ml mr ms mt my ne nl om or pa pl ro ru sd si sk sl sq sr sv sw ta te th tr tt ug uk ur uz vi"
  ).split(" "),
);

/** @returns undefined for a language that the stand-in cannot speak. */
export function espeakLanguage(locale: string): string | undefined {
  const name = locale.toLowerCase();
  const [language = ""] = name.split("-");
  return SPECIAL[name] ?? SPECIAL[language] ?? (LANGUAGES.has(language) ? language : undefined);
}
