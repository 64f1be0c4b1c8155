/**
 * Grammars of attribute values, as the vendor's schema states them.
 *
 * @see https://github.com/Azure-Samples/Cognitive-Speech-TTS/tree/master/SsmlSchema
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/speech-synthesis-markup-voice#adjust-prosody
 */
const PITCH =
  /^(?:[+-]?\d+(?:\.\d+)?Hz|[+-]?\d+(?:\.\d+)?%|[+-]\d+(?:\.\d+)?st|x-low|low|medium|high|x-high|default)$/;
const RATE_NUMBER = /^\d+(?:\.\d+)?$/;
const RATE_PERCENT = /^[+-]?\d+(?:\.\d+)?%$/;
const RATE_WORDS: Readonly<Record<string, number>> = {
  "x-slow": 0.5,
  slow: 0.64,
  medium: 1,
  default: 1,
  fast: 1.55,
  "x-fast": 2,
};
const VOLUME_NUMBER = /^\d+(?:\.\d+)?$/;
const VOLUME =
  /^(?:[+-]\d+(?:\.\d+)?(?:%|dB)?|\d+(?:\.\d+)?(?:%|dB)|silent|x-soft|soft|medium|loud|x-loud|default)$/;
const CONTOUR_POINT = /\(\s*\d+(?:\.\d+)?%\s*,\s*([^)\s]+)\s*\)/g;
const BREAK_TIME = /^\+?(\d*\.?\d+)(ms|s)?$/;
const SILENCE_TIME = /^(\d+)(ms|s)$/;

/** What the service accepts as the factor of a speaking rate. */
const MIN_RATE = 0.5;
const MAX_RATE = 2;

/** @returns how many times as fast as normal, or undefined when the value is no rate or out of range. */
export function rateFactor(value: string): number | undefined {
  const factor = rawRate(value);
  return factor !== undefined && factor >= MIN_RATE && factor <= MAX_RATE ? factor : undefined;
}

export function isPitch(value: string): boolean {
  return PITCH.test(value);
}

export function isVolume(value: string): boolean {
  return VOLUME_NUMBER.test(value) ? Number(value) <= 100 : VOLUME.test(value);
}

export function isContour(value: string): boolean {
  const points = [...value.matchAll(CONTOUR_POINT)];
  const rest = value.replace(CONTOUR_POINT, "").trim();
  return points.length > 0 && rest === "" && points.every(([, pitch]) => isPitch(pitch ?? ""));
}

/** @returns undefined when the value is no time of `<break>`; without a unit it counts milliseconds. */
export function breakTimeMs(value: string): number | undefined {
  return timeMs(BREAK_TIME.exec(value));
}

/** @returns undefined when the value is no time of `<mstts:silence>`, which needs a unit. */
export function silenceTimeMs(value: string): number | undefined {
  return timeMs(SILENCE_TIME.exec(value));
}

function timeMs(match: RegExpExecArray | null): number | undefined {
  return match === null ? undefined : Number(match[1]) * (match[2] === "s" ? 1_000 : 1);
}

function rawRate(value: string): number | undefined {
  if (RATE_NUMBER.test(value)) {
    return Number(value);
  }
  return RATE_PERCENT.test(value) ? 1 + Number(value.slice(0, -1)) / 100 : RATE_WORDS[value];
}
