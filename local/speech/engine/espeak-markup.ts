import type { Clause, ClauseItem, Prosody, Spoken } from "../plan/speech-plan.ts";

/** eSpeak multiplies a voice's pitch by these, divided by 128, for its settings 0, 10, 20 ... 100. */
const PITCH_TABLE: readonly number[] = [64, 74, 84, 97, 111, 128, 148, 171, 196, 225, 255];

/** eSpeak's default of pitch and range. */
const NEUTRAL = 50;
const MAX_SETTING = 99;

/** Turns phones into eSpeak's own names for the sounds of a language. */
export type PhoneNames = (phones: readonly string[]) => string;

/** The clause in eSpeak's dialect of SSML; the mark before item n is named n. */
export function espeakMarkup(clause: Clause, phoneNames: PhoneNames): string {
  const items = clause.items.map((item, index) => {
    const mark = `<mark name="${index}"/>`;
    return item.kind === "bookmark" ? mark : withProsody(item, mark + spokenMarkup(item.spoken, phoneNames));
  });
  return items.join(" ") + (endsInCharacters(clause) ? "" : clause.terminator);
}

/** eSpeak would spell the terminator too. */
function endsInCharacters({ items }: Clause): boolean {
  const last = items.findLast((item) => item.kind === "word");
  return last?.spoken.kind === "characters";
}

function withProsody(item: Extract<ClauseItem, { kind: "word" }>, markup: string): string {
  const { rate, emphasis } = item.prosody;
  const emphasized = emphasis === "none" ? markup : `<emphasis level="${emphasis}">${markup}</emphasis>`;
  const attributes = [
    ...(rate === 1 ? [] : [`rate="${rateSetting(rate).toFixed(2)}"`]),
    ...pitchAttributes(item.prosody),
  ];
  return attributes.length === 0 ? emphasized : `<prosody ${attributes.join(" ")}>${emphasized}</prosody>`;
}

/** eSpeak's pitch moves the foot of the contour only; the range has to grow with it. */
function pitchAttributes({ pitch, range }: Prosody): string[] {
  return [
    ...(pitch === 1 ? [] : [`pitch="${pitchSetting(pitch)}"`]),
    ...(range * pitch === 1 ? [] : [`range="${clampSetting(NEUTRAL * range * pitch)}"`]),
  ];
}

/** eSpeak shortens speech less than its factor says: with 3 it lasts half as long. */
function rateSetting(factor: number): number {
  return factor > 1 ? factor + (factor - 1) ** 2 : factor;
}

/** The setting of eSpeak whose multiplier is nearest to the factor. */
function pitchSetting(factor: number): number {
  const wanted = factor * 128;
  const next = PITCH_TABLE.findIndex((multiplier) => multiplier >= wanted);
  if (next <= 0) {
    return next === 0 ? 0 : MAX_SETTING;
  }
  const [low = wanted, high = wanted] = [PITCH_TABLE[next - 1], PITCH_TABLE[next]];
  return clampSetting(10 * (next - 1 + (wanted - low) / (high - low)));
}

function clampSetting(setting: number): number {
  return Math.max(0, Math.min(MAX_SETTING, Math.round(setting)));
}

function spokenMarkup(spoken: Spoken, phoneNames: PhoneNames): string {
  switch (spoken.kind) {
    case "text":
      return escapeText(spoken.text);
    case "characters":
      return `<say-as interpret-as="characters">${escapeText(spoken.text)}</say-as>`;
    case "phones":
      return `<phoneme alphabet="espeak" ph="${phoneNames(spoken.phones)}"></phoneme>`;
  }
}

/** Brackets are left out: eSpeak would read phonemes between two of them. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[[\]]/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
