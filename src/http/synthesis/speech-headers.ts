import type { PreparedSynthesis } from "../../application/synthesis/prepared-synthesis.ts";

/** What every answer with speech tells besides the audio. */
export function speechHeaders({
  id,
  prepared,
}: {
  readonly id: string;
  readonly prepared: PreparedSynthesis;
}): Record<string, string> {
  const codes = [...new Set(prepared.warnings.map(({ code }) => code))];
  return {
    "cache-control": "no-store",
    "x-synthesis-id": id,
    "x-characters-billed": String(prepared.billedCharacters),
    ...(codes.length > 0 && { "x-warnings": codes.join(", ") }),
  };
}
