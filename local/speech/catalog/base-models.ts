/** The base models that speak as a personal voice, and what they can do. */
const FAMILIES: ReadonlyMap<string, "dragon" | "phoenix"> = new Map([
  ["dragonlatestneural", "dragon"],
  ["dragonv2.1neural", "dragon"],
  ["phoenixlatestneural", "phoenix"],
  ["phoenixv2neural", "phoenix"],
]);

/** @param voiceName in any case. */
export function baseModelFamily(voiceName: string): "dragon" | "phoenix" | undefined {
  return FAMILIES.get(voiceName.toLowerCase());
}
