import type { Alphabet } from "../alphabet.ts";
import { type IpaToken, ipaIssues, readIpa } from "./ipa-phones.ts";
import { phonesOfLocale, takesSapi } from "./locale-phones.ts";
import { nearestLabel } from "./nearest-label.ts";
import { issueOf, type PhoneIssue, type PhoneToken } from "./phone-issue.ts";
import { ipaOfUps, isUpsMark, upsLabels, upsOf } from "./ups.ts";
import { ipaOfXSampa, xSampaOf, xSampaSymbolAt } from "./x-sampa.ts";

export interface Phonemes {
  readonly phoneme: string;
  readonly alphabet: Alphabet;
}

const SAPI_MARKS: ReadonlySet<string> = new Set(["1", "2", "-"]);
const SAPI_LABEL = /^(?:[a-z]{1,4}:?|\^)$/;

export function phonesAreLegal(phonemes: Phonemes, locale: string): boolean {
  return checkPhones(phonemes, locale).length === 0;
}

/**
 * What Azure would refuse: symbols outside the alphabet, and, where the phones of the locale's voices are known, phones
 * outside of them.
 *
 * @param locale BCP 47 with a region; with a bare language or `*` only the alphabet is checked.
 */
export function checkPhones({ phoneme, alphabet }: Phonemes, locale: string): readonly PhoneIssue[] {
  switch (alphabet) {
    case "ipa":
      return checkIpa(phoneme, locale);
    case "x-sampa":
      return checkXSampa(phoneme, locale);
    case "ups":
      return checkUps(phoneme, locale);
    case "sapi":
      return checkSapi(phoneme, locale);
  }
}

function checkIpa(phoneme: string, locale: string): readonly PhoneIssue[] {
  const { tokens, issues } = readIpa(phoneme);
  return inOrder([...issues, ...localeIssues(tokens, locale, (ipa) => ipa)]);
}

function checkXSampa(phoneme: string, locale: string): readonly PhoneIssue[] {
  const issues: PhoneIssue[] = [];
  let ipa = "";
  /** The X-SAMPA symbol that wrote each unit of the IPA. */
  const written: PhoneToken[] = [];
  for (let offset = 0; offset < phoneme.length;) {
    const symbol = xSampaSymbolAt(phoneme, offset);
    const text = symbol ?? String.fromCodePoint(phoneme.codePointAt(offset) ?? 0);
    const token = { offset, length: text.length, text };
    const meaning = symbol === undefined ? undefined : ipaOfXSampa(symbol);
    if (meaning !== undefined) {
      ipa += meaning;
      written.push(...Array.from({ length: meaning.length }, () => token));
    } else if (!/\s/.test(text)) {
      issues.push(issueOf(token, "not-in-alphabet", xSampaOf(text)));
    }
    offset += text.length;
  }
  const tokens = readIpa(ipa).tokens.map((token) => asWritten(token, written, phoneme));
  return inOrder([...issues, ...localeIssues(tokens, locale, xSampaOf)]);
}

/** The token with its place in the X-SAMPA instead of the IPA. */
function asWritten(token: IpaToken, written: readonly PhoneToken[], phoneme: string): IpaToken {
  const first = written[token.offset];
  const last = written[token.offset + token.length - 1];
  const offset = first?.offset ?? 0;
  const end = last ? last.offset + last.length : offset;
  return { ...token, offset, length: end - offset, text: phoneme.slice(offset, end) };
}

function checkUps(phoneme: string, locale: string): readonly PhoneIssue[] {
  const listed = phonesOfLocale(locale)?.ups;
  return labelsOf(phoneme).flatMap((token) => {
    const ipa = ipaOfUps(token.text);
    if (ipa === undefined && !isUpsMark(token.text)) {
      return [issueOf(token, "not-in-alphabet", nearestLabel(token.text, upsLabels()))];
    }
    if (ipa === undefined) {
      return [];
    }
    if (listed !== undefined) {
      return listed.has(token.text)
        ? []
        : [issueOf(token, "not-in-locale", nearestLabel(token.text, listed))];
    }
    const tokens = readIpa(ipa).tokens;
    return localeIssues(tokens, locale, upsOf)
      .slice(0, 1)
      .map(({ suggestion }) => issueOf(token, "not-in-locale", suggestion));
  });
}

function checkSapi(phoneme: string, locale: string): readonly PhoneIssue[] {
  if (!takesSapi(locale)) {
    const whole = { offset: 0, length: phoneme.length, text: phoneme };
    return [issueOf(whole, "alphabet-not-in-locale", undefined)];
  }
  const listed = phonesOfLocale(locale)?.sapi;
  const isUnlisted = locale.includes("-") && listed === undefined;
  return labelsOf(phoneme).flatMap((token) => {
    if (isUnlisted || SAPI_MARKS.has(token.text) || listed?.has(token.text)) {
      return [];
    }
    if (listed !== undefined) {
      const problem = SAPI_LABEL.test(token.text) ? "not-in-locale" : "not-in-alphabet";
      return [issueOf(token, problem, nearestLabel(token.text, listed))];
    }
    return SAPI_LABEL.test(token.text) ? [] : [issueOf(token, "not-in-alphabet", undefined)];
  });
}

function localeIssues(
  tokens: readonly IpaToken[],
  locale: string,
  write: (ipa: string) => string | undefined,
): readonly PhoneIssue[] {
  const legal = phonesOfLocale(locale)?.ipa;
  return legal === undefined ? [] : ipaIssues(tokens, legal, write);
}

/** Labels stand between blanks. */
function labelsOf(phoneme: string): readonly PhoneToken[] {
  return [...phoneme.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
    offset: index,
    length: text.length,
    text,
  }));
}

function inOrder(issues: readonly PhoneIssue[]): readonly PhoneIssue[] {
  return issues.toSorted((a, b) => a.offset - b.offset);
}
