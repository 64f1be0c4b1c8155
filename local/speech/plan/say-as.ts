import type { Spoken } from "./speech-plan.ts";
import { spokenDate } from "./spoken-date.ts";

interface SayAs {
  readonly interpretAs: string;
  readonly format: string | undefined;
  readonly locale: string;
}

type Read = (text: string, how: SayAs) => Spoken;

const READERS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["characters", asCharacters],
  ["spell-out", asCharacters],
  ["number_digit", asDigits],
  ["telephone", asDigits],
  ["ordinal", asOrdinal],
  ["fraction", asFraction],
  ["date", asDate],
  ["time", asTime],
  ["duration", asDuration],
  ["currency", asCurrency],
]);

/** How the content of a `say-as` element is read. Without a rule for it, it is read like any text. */
export function sayAs(text: string, how: SayAs): Spoken {
  const read = READERS.get(how.interpretAs) ?? asText;
  return read(text, how);
}

function asText(text: string): Spoken {
  return { kind: "text", text };
}

function asCharacters(text: string): Spoken {
  return { kind: "characters", text };
}

function asDigits(text: string): Spoken {
  return asText(Array.from(text.replaceAll(/[^\p{L}\d+*#]/gu, "")).join(" "));
}

/** English endings by the plural rules of CLDR. */
const ORDINAL_ENDINGS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = {
  one: "st",
  two: "nd",
  few: "rd",
  other: "th",
};

function asOrdinal(text: string, { locale }: SayAs): Spoken {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? asText(text) : asText(ordinal(number, locale));
}

function ordinal(number: number, locale: string): string {
  if (!locale.toLowerCase().startsWith("en")) {
    return `${number}.`;
  }
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(number);
  return `${number}${ORDINAL_ENDINGS[rule] ?? "th"}`;
}

function asFraction(text: string, { locale }: SayAs): Spoken {
  const match = /^(\d+)\s*\/\s*(\d+)$/.exec(text);
  if (match === null || !locale.toLowerCase().startsWith("en")) {
    return asText(text);
  }
  const [numerator, denominator] = [Number(match[1]), Number(match[2])];
  const part = denominator === 2 ? "half" : denominator === 4 ? "quarter" : ordinal(denominator, locale);
  const plural = part === "half" ? "halves" : `${part}s`;
  return asText(`${numerator} ${numerator === 1 ? part : plural}`);
}

function asDate(text: string, { format, locale }: SayAs): Spoken {
  return asText(spokenDate(text, format, locale) ?? text);
}

function asTime(text: string, { format, locale }: SayAs): Spoken {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?$/i.exec(text);
  if (match === null) {
    return asText(text);
  }
  const isAfternoon = /^p/i.test(match[4] ?? "");
  const hour = (Number(match[1]) % (match[4] === undefined ? 24 : 12)) + (isAfternoon ? 12 : 0);
  const date = new Date(Date.UTC(2000, 0, 1, hour, Number(match[2]), Number(match[3] ?? 0)));
  const formatter = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    hour: "numeric",
    minute: "2-digit",
    ...(match[3] !== undefined && { second: "2-digit" as const }),
    ...(format !== undefined && { hour12: format === "hms12" }),
  });
  return asText(formatter.format(date));
}

function asDuration(text: string, { locale }: SayAs): Spoken {
  const numbers = text.split(":").map(Number);
  if (numbers.length < 2 || numbers.length > 3 || numbers.some(Number.isNaN)) {
    return asText(text);
  }
  const units = ["hour", "minute", "second"].slice(-numbers.length);
  const spoken = numbers.map((number, index) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: units[index] ?? "second",
      unitDisplay: "long",
    }).format(number),
  );
  return asText(spoken.join(" "));
}

function asCurrency(text: string, { locale }: SayAs): Spoken {
  const match = /^([\d.,]+)\s*([A-Z]{3})$|^([A-Z]{3})\s*([\d.,]+)$/.exec(text);
  const currency = match?.[2] ?? match?.[3];
  const amount = Number((match?.[1] ?? match?.[4] ?? "").replaceAll(",", ""));
  if (currency === undefined || Number.isNaN(amount)) {
    return asText(text);
  }
  return asText(
    new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "name" }).format(amount),
  );
}
