import type { PrebuiltVoice } from "./prebuilt-voice.ts";

const CHAT = ["chat"];
const EMOTIONS = [
  "angry",
  "cheerful",
  "excited",
  "friendly",
  "hopeful",
  "sad",
  "shouting",
  "terrified",
  "unfriendly",
  "whispering",
];
const CHINESE_STYLES = [
  "affectionate",
  "angry",
  "assistant",
  "calm",
  "chat",
  "cheerful",
  "customerservice",
  "fearful",
  "gentle",
  "lyrical",
  "newscast",
  "sad",
  "serious",
];
const NARRATION = [
  "narration-relaxed",
  "embarrassed",
  "fearful",
  "cheerful",
  "disgruntled",
  "serious",
  "angry",
  "sad",
  "depressed",
  "chat",
  "assistant",
  "newscast",
];
const ROLES = ["Narrator", "YoungAdultMale", "Boy"];

interface Row {
  readonly name: string;
  /** Left out where it is the name without locale and kind. */
  readonly display?: string;
  readonly local?: string;
  /** Lowest pitch of the contour. */
  readonly pitchHz: number;
  readonly formants: number;
  readonly styles?: readonly string[];
  readonly roles?: readonly string[];
}

const FEMALE_VOICES: readonly Row[] = [
  { name: "en-US-AvaMultilingualNeural", pitchHz: 168, formants: 1.12, styles: CHAT },
  { name: "en-US-EmmaMultilingualNeural", pitchHz: 182, formants: 1.14 },
  {
    name: "en-US-JennyNeural",
    pitchHz: 175,
    formants: 1.1,
    styles: [...EMOTIONS, "assistant", "chat", "customerservice", "newscast"],
  },
  {
    name: "en-US-AriaNeural",
    pitchHz: 190,
    formants: 1.16,
    styles: [
      ...EMOTIONS,
      "chat",
      "customerservice",
      "empathetic",
      "narration-professional",
      "newscast-casual",
      "newscast-formal",
    ],
  },
  {
    name: "en-US-Ava:DragonHDLatestNeural",
    display: "Ava Dragon HD Latest",
    local: "Ava Dragon HD Latest",
    pitchHz: 169,
    formants: 1.11,
  },
  { name: "en-GB-SoniaNeural", pitchHz: 164, formants: 1.1, styles: ["cheerful", "sad"] },
  { name: "en-AU-NatashaNeural", pitchHz: 178, formants: 1.15 },
  { name: "de-DE-SeraphinaMultilingualNeural", pitchHz: 162, formants: 1.09 },
  { name: "de-DE-KatjaNeural", pitchHz: 171, formants: 1.13 },
  { name: "de-AT-IngridNeural", pitchHz: 185, formants: 1.12 },
  { name: "fr-FR-DeniseNeural", pitchHz: 180, formants: 1.15, styles: ["cheerful", "sad"] },
  { name: "es-ES-ElviraNeural", pitchHz: 174, formants: 1.11 },
  { name: "es-MX-DaliaNeural", pitchHz: 186, formants: 1.14, styles: ["cheerful"] },
  { name: "it-IT-ElsaNeural", pitchHz: 177, formants: 1.12 },
  { name: "pt-BR-FranciscaNeural", pitchHz: 183, formants: 1.13, styles: ["calm"] },
  { name: "nl-NL-FennaNeural", pitchHz: 170, formants: 1.1 },
  { name: "pl-PL-AgnieszkaNeural", pitchHz: 176, formants: 1.14 },
  { name: "sv-SE-SofieNeural", pitchHz: 181, formants: 1.12 },
  {
    name: "ja-JP-NanamiNeural",
    local: "七海",
    pitchHz: 196,
    formants: 1.18,
    styles: ["chat", "cheerful", "customerservice"],
  },
  { name: "ko-KR-SunHiNeural", display: "Sun-Hi", local: "선히", pitchHz: 192, formants: 1.17 },
  { name: "zh-CN-XiaoxiaoNeural", local: "晓晓", pitchHz: 188, formants: 1.16, styles: CHINESE_STYLES },
  {
    name: "hi-IN-SwaraNeural",
    local: "स्वरा",
    pitchHz: 179,
    formants: 1.13,
    styles: ["cheerful", "empathetic", "newscast"],
  },
  { name: "ru-RU-SvetlanaNeural", local: "Светлана", pitchHz: 173, formants: 1.11 },
  { name: "tr-TR-EmelNeural", pitchHz: 184, formants: 1.15 },
  { name: "ar-EG-SalmaNeural", local: "سلمى", pitchHz: 172, formants: 1.12 },
];

const MALE_VOICES: readonly Row[] = [
  { name: "en-US-AndrewMultilingualNeural", pitchHz: 88, formants: 1 },
  { name: "en-US-BrianMultilingualNeural", pitchHz: 96, formants: 1.02 },
  { name: "en-US-GuyNeural", pitchHz: 92, formants: 0.98, styles: [...EMOTIONS, "newscast"] },
  { name: "en-GB-RyanNeural", pitchHz: 86, formants: 0.97, styles: ["chat", "cheerful"] },
  { name: "de-DE-FlorianMultilingualNeural", pitchHz: 90, formants: 1.01 },
  { name: "de-DE-ConradNeural", pitchHz: 82, formants: 0.96, styles: ["cheerful", "sad"] },
  { name: "fr-FR-HenriNeural", pitchHz: 94, formants: 0.99, styles: ["cheerful", "sad"] },
  { name: "es-ES-AlvaroNeural", local: "Álvaro", pitchHz: 89, formants: 0.98, styles: ["cheerful", "sad"] },
  { name: "it-IT-DiegoNeural", pitchHz: 98, formants: 1.01 },
  { name: "pt-BR-AntonioNeural", local: "Antônio", pitchHz: 91, formants: 0.97 },
  { name: "ja-JP-KeitaNeural", local: "圭太", pitchHz: 99, formants: 1.03 },
  { name: "ko-KR-InJoonNeural", local: "인준", pitchHz: 95, formants: 1 },
  { name: "zh-CN-YunxiNeural", local: "云希", pitchHz: 102, formants: 1.03, styles: NARRATION, roles: ROLES },
  { name: "hi-IN-MadhurNeural", local: "मधुर", pitchHz: 93, formants: 1.01 },
];

/** How far the contour of a prebuilt voice reaches above its lowest pitch. */
const CONTOUR = 1.4;

export const prebuiltVoices: readonly PrebuiltVoice[] = [
  ...FEMALE_VOICES.map((row) => voiceOf(row, "Female")),
  ...MALE_VOICES.map((row) => voiceOf(row, "Male")),
];

const VOICES_BY_NAME: ReadonlyMap<string, PrebuiltVoice> = new Map(
  prebuiltVoices.flatMap((voice): [string, PrebuiltVoice][] => [
    [voice.shortName.toLowerCase(), voice],
    [longName(voice).toLowerCase(), voice],
  ]),
);

/** @param name short or long, in any case. */
export function findPrebuiltVoice(name: string): PrebuiltVoice | undefined {
  return VOICES_BY_NAME.get(name.toLowerCase());
}

/** For example `Microsoft Server Speech Text to Speech Voice (en-US, JennyNeural)`. */
export function longName({ shortName, locale }: PrebuiltVoice): string {
  return `Microsoft Server Speech Text to Speech Voice (${locale}, ${shortName.slice(locale.length + 1)})`;
}

function voiceOf(row: Row, gender: PrebuiltVoice["gender"]): PrebuiltVoice {
  const locale = row.name.split("-", 2).join("-");
  const displayName = row.display ?? spaced(row.name.slice(locale.length + 1).replace(/Neural$/, ""));
  return {
    shortName: row.name,
    displayName,
    localName: row.local ?? displayName,
    gender,
    locale,
    family: row.name.includes(":") ? "hd" : "neural",
    isMultilingual: row.name.includes("Multilingual") || row.name.includes(":"),
    styles: row.styles ?? [],
    roles: row.roles ?? [],
    sound: {
      gender: gender === "Female" ? "female" : "male",
      pitchBaseHz: row.pitchHz,
      pitchTopHz: Math.round(row.pitchHz * CONTOUR),
      formantScale: row.formants,
      bandGainsDb: [],
      isWhispered: false,
    },
  };
}

function spaced(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");
}
