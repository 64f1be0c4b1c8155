/** The service cuts a longer silence to this. */
const MAX_SILENCE_MS = 20_000;

const BREAK_TIME = /^\+?(\d+(?:\.\d+)?|\.\d+)(ms|s)?$/;
const SILENCE_VALUE = /^(\d+)(ms|s)$/;

const STRENGTHS_MS: Readonly<Record<string, number>> = {
  none: 0,
  "x-weak": 250,
  weak: 500,
  medium: 750,
  strong: 1000,
  "x-strong": 1250,
};

/** @param value of `break time`; without a unit it counts milliseconds. */
export function parseBreakTimeMs(value: string): number | undefined {
  return millisecondsOf(BREAK_TIME.exec(value.trim()));
}

/** @param value of `mstts:silence`, whose unit is required. */
export function parseSilenceMs(value: string): number | undefined {
  return millisecondsOf(SILENCE_VALUE.exec(value.trim()));
}

/** @param strength of `break`. */
export function breakStrengthMs(strength: string): number | undefined {
  return Object.hasOwn(STRENGTHS_MS, strength) ? STRENGTHS_MS[strength] : undefined;
}

function millisecondsOf(match: RegExpExecArray | null): number | undefined {
  if (match === null) {
    return undefined;
  }
  return Math.min(MAX_SILENCE_MS, Number(match[1]) * (match[2] === "s" ? 1000 : 1));
}
