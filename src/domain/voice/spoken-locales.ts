import type { Voice } from "./voice.ts";

/**
 * What every base model of personal voices speaks; further languages are a preview.
 *
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/language-support?tabs=personal-voice
 */
const PERSONAL_LOCALES: readonly string[] = [
  "am-ET ar-EG ar-SA bg-BG bn-IN bs-BA ca-ES cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IE en-IN en-US",
  "es-ES es-MX et-EE eu-ES fi-FI fil-PH fr-BE fr-CA fr-CH fr-FR gl-ES he-IL hi-IN hr-HR hu-HU id-ID it-IT ja-JP jv-ID",
  "ko-KR mk-MK ms-MY nb-NO ne-NP nl-BE nl-NL pl-PL ps-AF pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI sv-SE sw-KE ta-IN te-IN",
  "th-TH tr-TR uk-UA vi-VN zh-CN zh-HK zh-TW zu-ZA",
].flatMap((line) => line.split(" "));

/**
 * Locales that a voice can speak, its own first. A professional model speaks the one that it was trained for, and those
 * that Azure names.
 */
export function spokenLocales({
  kind,
  locale,
  professional,
}: Pick<Voice, "kind" | "locale" | "professional">): readonly string[] {
  const others = kind === "personal" ? PERSONAL_LOCALES : (professional?.secondaryLocales ?? []);
  return [...new Set([locale, ...others])];
}
