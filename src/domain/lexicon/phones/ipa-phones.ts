import {
  articulatoryDistance,
  decomposedIpa,
  ipaLookAlike,
  isIpaLetter,
  isIpaModifier,
  isLengthMark,
  isSuprasegmental,
  withoutLigatures,
} from "./ipa-symbols.ts";
import { ipaOfXSampa } from "./x-sampa.ts";
import { issueOf, type PhoneIssue, type PhoneToken } from "./phone-issue.ts";

/** A part of a pronunciation with what it means in IPA, decomposed and without ligatures; "" for a mark between phones. */
export interface IpaToken extends PhoneToken {
  readonly ipa: string;
}

/** The most letters that one phone of a locale is written with. */
const LONGEST_PHONE_LETTERS = 2;
const TIE_BAR = /[\u0361\u035C]$/;
const TIE_BARS = /[\u0361\u035C]/g;

/** Divides IPA into letters with their diacritics, and marks. */
export function readIpa(phoneme: string): { readonly tokens: IpaToken[]; readonly issues: PhoneIssue[] } {
  const tokens: IpaToken[] = [];
  const issues: PhoneIssue[] = [];
  let offset = 0;
  for (const character of phoneme) {
    const last = tokens.at(-1);
    const token = { offset, length: character.length, text: character };
    const ipa = meaningOf(character);
    if (last !== undefined && belongsTo(last, character)) {
      tokens[tokens.length - 1] = extended(last, character);
    } else if (ipa !== undefined) {
      tokens.push({ ...token, ipa });
    } else {
      issues.push(issueOf(token, "not-in-alphabet", ipaLookAlike(character) ?? ipaOfXSampa(character)));
    }
    offset += character.length;
  }
  return { tokens, issues };
}

/** @returns "" for a mark between phones, undefined for what is not IPA. */
function meaningOf(character: string): string | undefined {
  if (isSuprasegmental(character)) {
    return "";
  }
  const [letter = "", ...modifiers] = decomposedIpa(character);
  return isIpaLetter(letter) && modifiers.every(isIpaModifier)
    ? withoutLigatures(decomposedIpa(character))
    : undefined;
}

/** A length mark, a diacritic, or the second letter of a tie. */
function belongsTo({ ipa }: IpaToken, character: string): boolean {
  if (isLengthMark(character)) {
    return true;
  }
  return ipa !== "" && (isIpaModifier(character) || (TIE_BAR.test(ipa) && isIpaLetter(character)));
}

/** @returns an issue for each token that is not part of a phone of the locale. */
export function ipaIssues(
  tokens: readonly IpaToken[],
  legal: ReadonlySet<string>,
  write: (ipa: string) => string | undefined,
): PhoneIssue[] {
  const issues: PhoneIssue[] = [];
  for (let at = 0; at < tokens.length;) {
    const used = tokensOfPhone(tokens, at, legal);
    const token = tokens[at];
    if (used === 0 && token) {
      const nearest = nearestPhone(token.ipa, legal);
      issues.push(issueOf(token, "not-in-locale", nearest === undefined ? undefined : write(nearest)));
    }
    at += Math.max(used, 1);
  }
  return issues;
}

/** How many tokens from here make up one legal phone; 0 when none does. */
function tokensOfPhone(tokens: readonly IpaToken[], at: number, legal: ReadonlySet<string>): number {
  if (tokens[at]?.ipa === "") {
    return 1;
  }
  for (let count = LONGEST_PHONE_LETTERS; count > 0; count -= 1) {
    const part = tokens.slice(at, at + count);
    const isUnbroken = part.length === count && part.every(({ ipa }) => ipa !== "");
    if (isUnbroken && legal.has(part.map(({ ipa }) => ipa).join(""))) {
      return count;
    }
  }
  return 0;
}

function nearestPhone(ipa: string, legal: ReadonlySet<string>): string | undefined {
  const untied = ipa.replace(TIE_BARS, "");
  const plain = ipa.replace(/[\p{M}ʰʱʷʲˠˤⁿˡʼ˞]/gu, "");
  const simpler = [untied, plain, plain.charAt(0)].find((candidate) => legal.has(candidate));
  if (simpler !== undefined) {
    return simpler;
  }
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of legal) {
    const distance = articulatoryDistance(plain, candidate) + candidate.length * 0.1;
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

function extended(token: IpaToken, character: string): IpaToken {
  return {
    offset: token.offset,
    length: token.length + character.length,
    text: token.text + character,
    ipa: isLengthMark(character) ? token.ipa : decomposedIpa(token.ipa + character),
  };
}
