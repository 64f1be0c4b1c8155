/** Values of `type` of `mstts:silence`, in lower case. */
export const SILENCE_TYPES = [
  "leading",
  "leading-exact",
  "tailing",
  "tailing-exact",
  "sentenceboundary",
  "sentenceboundary-exact",
  "comma-exact",
  "semicolon-exact",
  "enumerationcomma-exact",
] as const;

export type SilenceType = (typeof SILENCE_TYPES)[number];

/** @param value capitalised or all in lower case. */
export function parseSilenceType(value: string): SilenceType | undefined {
  const isCased = value === value.toLowerCase() || /^[A-Z][a-z]+(?:-exact)?$/.test(value);
  return isCased ? SILENCE_TYPES.find((type) => type === value.toLowerCase()) : undefined;
}

export function isSilenceType(value: string): boolean {
  return parseSilenceType(value) !== undefined;
}
