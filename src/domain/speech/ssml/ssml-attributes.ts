import { breakTimeMs, isContour, isPitch, isVolume, rateFactor, silenceTimeMs } from "./ssml-values.ts";

/** What one attribute may say. */
export interface AttributeRule {
  readonly isRequired?: boolean;
  readonly accepts: (value: string) => boolean;
  /** Completes "must be ...". */
  readonly hint: string;
}

const LONGEST_PAUSE_MS = 20_000;
const SILENCE_PLACES = [
  "Leading",
  "Leading-exact",
  "Tailing",
  "Tailing-exact",
  "Sentenceboundary",
  "Sentenceboundary-exact",
  "Comma-exact",
  "Semicolon-exact",
  "Enumerationcomma-exact",
];
const INTERPRETATIONS = [
  "characters",
  "spell-out",
  "cardinal",
  "number",
  "ordinal",
  "number_digit",
  "fraction",
  "date",
  "time",
  "duration",
  "telephone",
  "currency",
  "address",
  "name",
];
const ROLES = [
  "Girl",
  "Boy",
  "YoungAdultFemale",
  "YoungAdultMale",
  "OlderAdultFemale",
  "OlderAdultMale",
  "SeniorFemale",
  "SeniorMale",
  "Narrator",
  "Default",
];

const anything: AttributeRule = { accepts: () => true, hint: "any text" };
const required = (rule: AttributeRule): AttributeRule => ({ ...rule, isRequired: true });
const filled: AttributeRule = required({ accepts: (value) => value.trim() !== "", hint: "a text" });
const language = required({
  accepts: (value) => /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(value),
  hint: "a language tag such as en-US",
});

function oneOf(values: readonly string[]): AttributeRule {
  return { accepts: (value) => values.includes(value), hint: `one of ${values.join(", ")}` };
}

function timeUpTo(limitMs: number, parse: (value: string) => number | undefined): AttributeRule {
  return {
    accepts: (value) => (parse(value) ?? Infinity) <= limitMs,
    hint: `a time of 0..${limitMs} ms, such as 500ms or 2s`,
  };
}

const anyCase = (values: readonly string[]) => [...values, ...values.map((value) => value.toLowerCase())];

/** Attributes of each element that is accepted at all. @see reference of SSML elements, Azure AI Speech */
export const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, AttributeRule>>>> = {
  speak: { version: oneOf(["1.0", "1.1"]), "xml:lang": { ...language, isRequired: false } },
  voice: { name: filled, effect: oneOf(["eq_car", "eq_telecomhp8k"]), parameters: anything },
  "mstts:express-as": {
    style: filled,
    styledegree: {
      accepts: (value) => Number(value) >= 0.01 && Number(value) <= 2,
      hint: "a number 0.01..2",
    },
    role: oneOf(ROLES),
  },
  lang: { "xml:lang": language },
  prosody: {
    pitch: { accepts: isPitch, hint: "like +10%, -2st, 180Hz, or x-low .. x-high" },
    rate: {
      accepts: (value) => rateFactor(value) !== undefined,
      hint: "a factor 0.5..2, a change -50%..+100%, or x-slow .. x-fast",
    },
    volume: { accepts: isVolume, hint: "0..100, a change such as +10%, or silent, x-soft .. x-loud" },
    contour: { accepts: isContour, hint: "like (0%,+20Hz)(50%,-2st)" },
    range: { accepts: isPitch, hint: "like +10%, -2st, 180Hz, or x-low .. x-high" },
  },
  emphasis: { level: oneOf(["reduced", "none", "moderate", "strong"]) },
  break: {
    strength: oneOf(["none", "x-weak", "weak", "medium", "strong", "x-strong"]),
    time: timeUpTo(LONGEST_PAUSE_MS, breakTimeMs),
  },
  "mstts:silence": {
    type: required(oneOf(anyCase(SILENCE_PLACES))),
    value: required(timeUpTo(LONGEST_PAUSE_MS, silenceTimeMs)),
  },
  p: {},
  s: {},
  bookmark: { mark: filled },
  "mstts:viseme": { type: required(oneOf(["redlips_front", "FacialExpression"])) },
  "mstts:audioduration": { value: required(timeUpTo(300_000, silenceTimeMs)) },
  phoneme: { alphabet: oneOf(["ipa", "sapi", "ups", "x-sampa"]), ph: filled },
  "say-as": { "interpret-as": required(oneOf(INTERPRETATIONS)), format: anything, detail: anything },
  sub: { alias: filled },
};
