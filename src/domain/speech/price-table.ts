/** What is paid for: the kinds of voices, and translation. */
export const PRICE_METERS = [
  "prebuilt",
  "prebuilt-hd",
  "personal",
  "professional",
  "openai",
  "translation",
] as const;
export type PriceMeter = (typeof PRICE_METERS)[number];

/** Prices of one currency as of one day. */
export interface PriceTable {
  /** ISO 4217. */
  readonly currency: string;
  /** ISO 8601 date on which the prices were read. */
  readonly date: string;
  /** A meter without a price has no estimate. */
  readonly perMillionCharacters: Readonly<Partial<Record<PriceMeter, number>>>;
}

export interface CostEstimate {
  readonly amount: number;
  readonly currency: string;
  readonly priceDate: string;
}

/** List prices of Azure in East US. @see https://azure.microsoft.com/pricing/details/speech/ */
export const LIST_PRICES: PriceTable = {
  currency: "USD",
  date: "2026-10-01",
  perMillionCharacters: {
    prebuilt: 15,
    "prebuilt-hd": 22,
    personal: 24,
    professional: 24,
    translation: 10,
  },
};

/** @returns undefined when a meter that was used has no price. Amounts are rounded to a millionth. */
export function estimateCost(
  usage: Readonly<Partial<Record<PriceMeter, number>>>,
  { currency, date, perMillionCharacters }: PriceTable,
): CostEstimate | undefined {
  let amount = 0;
  for (const meter of PRICE_METERS) {
    const characters = usage[meter] ?? 0;
    const price = perMillionCharacters[meter];
    if (characters > 0 && price === undefined) {
      return undefined;
    }
    amount += (characters * (price ?? 0)) / 1_000_000;
  }
  return { amount: Math.round(amount * 1_000_000) / 1_000_000, currency, priceDate: date };
}
