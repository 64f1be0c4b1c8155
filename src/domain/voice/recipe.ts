/** How Azure trains the model of a professional voice. */
export const RECIPES = ["Default", "CrossLingual", "MultiStyle", "HD"] as const;
export type Recipe = (typeof RECIPES)[number];

/** Azure demands this ending of models trained with the HD recipe, and `Neural` of all others. */
const HD_SUFFIX = ":DragonHDLatestNeural";
const SUFFIX = "Neural";

/** The name that selects the voice in SSML; the end of the voice's id makes it the only one of its resource. */
export function modelVoiceName(voiceId: string, recipe: Recipe): string {
  const unique = voiceId.replaceAll(/[^A-Za-z0-9]/g, "").slice(-16);
  return `Vc${unique}${recipe === "HD" ? HD_SUFFIX : SUFFIX}`;
}
