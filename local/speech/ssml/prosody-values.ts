/** Factors and gains of the named values of `prosody`. */
const RATES: Readonly<Record<string, number>> = {
  "x-slow": 0.5,
  slow: 0.64,
  medium: 1,
  fast: 1.55,
  "x-fast": 2,
  default: 1,
};
const PITCHES: Readonly<Record<string, number>> = {
  "x-low": 0.55,
  low: 0.8,
  medium: 1,
  high: 1.2,
  "x-high": 1.45,
  default: 1,
};
const VOLUMES: Readonly<Record<string, number>> = {
  silent: 0,
  "x-soft": 0.2,
  soft: 0.4,
  medium: 0.6,
  loud: 0.8,
  "x-loud": 1,
  default: 1,
};

const NUMBER = String.raw`\d+(?:\.\d+)?|\.\d+`;
const RATE = new RegExp(`^(?:(${NUMBER})|([+-]?(?:${NUMBER}))%)$`);
const PITCH = new RegExp(`^([+-]?)(${NUMBER})(Hz|st|%)$`, "i");
const VOLUME = new RegExp(`^([+-]?)(${NUMBER})(%|dB)?$`, "i");

/** @returns the factor of the speaking rate, or undefined for no rate at all. */
export function parseRate(value: string): number | undefined {
  const named = namedValue(RATES, value);
  const match = RATE.exec(value);
  if (named !== undefined || match === null) {
    return named;
  }
  return match[1] === undefined ? 1 + Number(match[2]) / 100 : Number(match[1]);
}

/**
 * @param medianHz of the voice, on which values in hertz depend.
 * @returns the factor of the pitch, or undefined for no pitch at all.
 */
export function parsePitch(value: string, medianHz: number): number | undefined {
  const named = namedValue(PITCHES, value);
  const match = PITCH.exec(value);
  if (named !== undefined || match === null) {
    return named;
  }
  const [, sign, digits, unit = ""] = match;
  const change = Number(`${sign}${digits}`);
  switch (unit.toLowerCase()) {
    case "hz":
      return sign === "" ? change / medianHz : (medianHz + change) / medianHz;
    case "st":
      return 2 ** (change / 12);
    default:
      return 1 + change / 100;
  }
}

/** @returns the factor of the amplitude, or undefined for no volume at all. */
export function parseVolume(value: string): number | undefined {
  const named = namedValue(VOLUMES, value);
  const match = VOLUME.exec(value);
  if (named !== undefined || match === null) {
    return named;
  }
  const [, sign, digits, unit = ""] = match;
  const amount = Number(`${sign}${digits}`);
  if (unit.toLowerCase() === "db") {
    return 10 ** (amount / 20);
  }
  return Math.max(0, sign === "" && unit === "" ? amount / 100 : 1 + amount / 100);
}

function namedValue(values: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
