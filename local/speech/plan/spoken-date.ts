/** Values of `format`: the order of day, month and year. */
const ORDERS: ReadonlySet<string> = new Set([
  "dmy",
  "mdy",
  "ymd",
  "ydm",
  "dm",
  "md",
  "my",
  "ym",
  "d",
  "m",
  "y",
]);

interface DateParts {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

/** @returns the date as the locale says it, or undefined for what is no date in this format. */
export function spokenDate(text: string, format: string | undefined, locale: string): string | undefined {
  const numbers = text.split(/\D+/).filter((part) => part !== "");
  const order = format !== undefined && ORDERS.has(format) ? format : guessedOrder(numbers);
  const parts = partsInOrder(numbers, order);
  if (numbers.length !== order.length || !isPossible(parts)) {
    return undefined;
  }
  return formatted(parts, locale);
}

function formatted({ year, month, day }: DateParts, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    ...(year !== undefined && { year: "numeric" }),
    ...(month !== undefined && { month: "long" }),
    ...(day !== undefined && { day: "numeric" }),
  }).format(Date.UTC(year ?? 2000, (month ?? 1) - 1, day ?? 1));
}

function guessedOrder([first]: readonly string[]): string {
  return first?.length === 4 ? "ymd" : "mdy";
}

function partsInOrder(numbers: readonly string[], order: string): DateParts {
  const part = (name: string): number | undefined => {
    const value = order.includes(name) ? numbers[order.indexOf(name)] : undefined;
    return value === undefined ? undefined : Number(value);
  };
  return { year: part("y"), month: part("m"), day: part("d") };
}

function isPossible({ month = 1, day = 1 }: DateParts): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
