import type { CostEstimate } from "../../domain/speech/price-table.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import type { CacheOutcome } from "./synthesis-source.ts";

/** What Azure asks for one synthesis. */
export interface SynthesisBill {
  /** Of the speech; 0 from the cache. */
  readonly charactersBilled: number;
  /** Of speech and translation; undefined where a price is missing. */
  readonly cost: CostEstimate | undefined;
}

/** Speech from the cache is free; its translation is paid for every time. */
export function billOf({
  prepared,
  cache,
}: {
  readonly prepared: Pick<PreparedSynthesis, "billedCharacters" | "cost" | "translationCost">;
  readonly cache: CacheOutcome;
}): SynthesisBill {
  return cache === "hit"
    ? { charactersBilled: 0, cost: prepared.translationCost }
    : { charactersBilled: prepared.billedCharacters, cost: prepared.cost };
}
