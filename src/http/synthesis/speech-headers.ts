import type { PreparedSynthesis } from "../../application/synthesis/prepared-synthesis.ts";
import { billOf } from "../../application/synthesis/synthesis-bill.ts";
import type { CacheOutcome } from "../../application/synthesis/synthesis-source.ts";

/** What every answer with speech tells besides the audio. */
export function speechHeaders({
  id,
  prepared,
  cache,
}: {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
  readonly cache: CacheOutcome;
}): Record<string, string> {
  const codes = [...new Set(prepared.warnings.map(({ code }) => code))];
  return {
    "cache-control": "no-store",
    "x-synthesis-id": id,
    "x-characters-billed": String(billOf({ prepared, cache }).charactersBilled),
    "x-cache": cache,
    ...(codes.length > 0 && { "x-warnings": codes.join(", ") }),
  };
}
