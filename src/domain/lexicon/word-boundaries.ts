import { languageOf } from "./locale.ts";

const UNKNOWN = 0;
const OTHER = 1;
const LETTER = 2;
const NUMERIC = 3;
const KATAKANA = 4;
const UNDERSCORE = 5;
const MID_LETTER = 6;
const MID_NUMBER = 7;
const MID_BOTH = 8;
const EXTENDER = 9;

/** Scripts that write no blanks between words: every character may begin or end one. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}\p{Script=Tai_Viet}]/u;

/** In this order: the first that fits decides. */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/\p{M}|\u00AD|\u200C|\u200D|\u2060|\uFEFF/u, EXTENDER],
  [/[\p{Script=Katakana}\u3031-\u3035\u309B\u309C\u30A0\u30FC\uFF70]/u, KATAKANA],
  [SPACELESS, OTHER],
  [/\p{Nd}/u, NUMERIC],
  [/[\p{L}\p{Nl}]/u, LETTER],
  [/\p{Pc}/u, UNDERSCORE],
  [/[\u00B7\u0387\u05F4\u2027]/, MID_LETTER],
  [/[,;\u066C\uFE10\uFE14\uFF0C\uFF1B]/, MID_NUMBER],
  [/['.\u2018\u2019\u2024\uFE52\uFF07\uFF0E]/, MID_BOTH],
];

/** Words that drop their last vowel before another word: French, Italian, Catalan and Occitan. */
const ELIDED =
  /(?<![\p{L}\p{N}'’])(?:[cdjlmnstv]|qu|jusqu|lorsqu|puisqu|quoiqu|un|all|coll|dall|dell|nell|sull|gl|degl|quell|quest|bell|sant)['’]$/iu;
const ELIDING_LANGUAGES: ReadonlySet<string> = new Set(["fr", "it", "ca", "oc"]);
const LONGEST_ELIDED_WORD = 8;

/** Class of each UTF-16 unit, filled in as texts bring it. */
const classes = new Uint8Array(65_536);

/**
 * Whether a word may begin at this offset: at a Unicode word boundary, or after an elided word (`l'API`).
 *
 * @see https://www.unicode.org/reports/tr29/#Word_Boundaries
 */
export function startsWord(text: string, offset: number, locale: string): boolean {
  return isWordBoundary(text, offset) || followsElision(text, offset, locale);
}

/** Whether a word may end at this offset: at a word boundary, before a possessive `'s`, in Turkish before any suffix after an apostrophe. */
export function endsWord(text: string, offset: number, locale: string): boolean {
  return isWordBoundary(text, offset) || precedesSuffix(text, offset, locale);
}

/** Unicode's default word boundaries: hyphens part words, apostrophes and full stops between letters do not. */
export function isWordBoundary(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) {
    return true;
  }
  const after = classAt(text, offset);
  const beforeOffset = previousOffset(text, offset);
  const before = beforeOffset < 0 ? OTHER : classAt(text, beforeOffset);
  if (after === EXTENDER) {
    return false;
  }
  if (joins(before, after)) {
    return false;
  }
  return !(
    bridges(before, after, () => classAfter(text, offset)) || // `can|'t`
    bridges(after, before, () => classBefore(text, beforeOffset))
  ); // `can'|t`
}

/** Nothing parts letters, digits, kana of one kind, and underscores between them. */
function joins(before: number, after: number): boolean {
  if (before === KATAKANA || after === KATAKANA) {
    return before === after || before === UNDERSCORE || after === UNDERSCORE;
  }
  return isWordClass(before) && isWordClass(after);
}

/** Whether `middle` is punctuation that stands between two letters or two digits. */
function bridges(side: number, middle: number, otherSide: () => number): boolean {
  if (side === LETTER) {
    return (middle === MID_LETTER || middle === MID_BOTH) && otherSide() === LETTER;
  }
  return side === NUMERIC && (middle === MID_NUMBER || middle === MID_BOTH) && otherSide() === NUMERIC;
}

function isWordClass(value: number): boolean {
  return value === LETTER || value === NUMERIC || value === UNDERSCORE;
}

function followsElision(text: string, offset: number, locale: string): boolean {
  if (!isApostrophe(text.charCodeAt(offset - 1)) || !ELIDING_LANGUAGES.has(languageOf(locale))) {
    return false;
  }
  return ELIDED.test(text.slice(Math.max(0, offset - LONGEST_ELIDED_WORD), offset));
}

function precedesSuffix(text: string, offset: number, locale: string): boolean {
  if (!isApostrophe(text.charCodeAt(offset))) {
    return false;
  }
  const language = languageOf(locale);
  if (language === "tr" || language === "az") {
    return classAt(text, offset + 1) === LETTER;
  }
  return /s/i.test(text.charAt(offset + 1)) && isWordBoundary(text, offset + 2);
}

function isApostrophe(unit: number): boolean {
  return unit === 0x27 || unit === 0x2019;
}

function classAfter(text: string, offset: number): number {
  let at = offset + unitsAt(text, offset);
  while (at < text.length && classAt(text, at) === EXTENDER) {
    at += unitsAt(text, at);
  }
  return at < text.length ? classAt(text, at) : OTHER;
}

function classBefore(text: string, offset: number): number {
  const at = previousOffset(text, offset);
  return at < 0 ? OTHER : classAt(text, at);
}

/** Offset of the last character before this one that is not an extender; -1 at the start. */
function previousOffset(text: string, offset: number): number {
  let at = offset;
  while (at > 0) {
    at -= at > 1 && isLowSurrogate(text.charCodeAt(at - 1)) ? 2 : 1;
    if (classAt(text, at) !== EXTENDER) {
      return at;
    }
  }
  return -1;
}

function classAt(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  if (unit >= 0xd800 && unit <= 0xdfff) {
    return classify(String.fromCodePoint(text.codePointAt(offset) ?? unit));
  }
  const known = classes[unit] ?? UNKNOWN;
  if (known !== UNKNOWN) {
    return known;
  }
  const found = classify(String.fromCharCode(unit));
  classes[unit] = found;
  return found;
}

function classify(character: string): number {
  return CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? OTHER;
}

function unitsAt(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return unit >= 0xd800 && unit <= 0xdbff ? 2 : 1;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
