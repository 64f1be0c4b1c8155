import { longName, prebuiltVoices } from "../catalog/prebuilt-voices.ts";
import type { PrebuiltVoice } from "../catalog/prebuilt-voice.ts";
import { sendJson } from "../../stand-in/send.ts";
import type { AnswerSpeech } from "./speech-route.ts";

/** Locales whose name in the service is not the one of CLDR. */
const LOCALE_NAMES: Readonly<Record<string, string>> = { "zh-CN": "Chinese (Mandarin, Simplified)" };

/** `GET /cognitiveservices/voices/list`: the prebuilt voices only, as the service has it. */
export const listVoices: AnswerSpeech = async ({ response }, admit) => {
  if (await admit({})) {
    sendJson(response, { status: 200, body: prebuiltVoices.map(voiceInfo) });
  }
};

function voiceInfo(voice: PrebuiltVoice): object {
  const otherLocales = voice.isMultilingual ? spokenLocales.filter((locale) => locale !== voice.locale) : [];
  return {
    Name: longName(voice),
    DisplayName: voice.displayName,
    LocalName: voice.localName,
    ShortName: voice.shortName,
    Gender: voice.gender,
    Locale: voice.locale,
    LocaleName: localeName(voice.locale),
    ...(voice.styles.length > 0 && { StyleList: voice.styles }),
    ...(voice.roles.length > 0 && { RolePlayList: voice.roles }),
    ...(otherLocales.length > 0 && { SecondaryLocaleList: otherLocales }),
    SampleRateHertz: voice.family === "hd" ? "48000" : "24000",
    VoiceType: voice.family === "hd" ? "NeuralHD" : "Neural",
    Status: "GA",
    WordsPerMinute: "165",
  };
}

const spokenLocales = [...new Set(prebuiltVoices.map(({ locale }) => locale))];

function localeName(locale: string): string {
  const names = new Intl.DisplayNames("en", { type: "language", languageDisplay: "standard" });
  return LOCALE_NAMES[locale] ?? names.of(locale) ?? locale;
}
