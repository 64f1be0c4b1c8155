export const DEFAULT_LEXICON = "default";

/** Letters, digits, `.`, `_` and `-`; begins with a letter or digit; at most 64 characters. */
export const LEXICON_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** A lexicon of one owner. */
export interface LexiconRef {
  readonly ownerId: string;
  readonly name: string;
}

export function refKey({ ownerId, name }: LexiconRef): string {
  return `${ownerId}/${name}`;
}
