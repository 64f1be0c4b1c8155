export type PauseKind = "comma" | "semicolon" | "enumeration" | "sentence";

export type Token =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "pause"; readonly text: string; readonly pause: PauseKind };

/** Latin, ellipsis, ideographic, fullwidth, Arabic and Devanagari. */
const SENTENCE_ENDS = ".!?\u2026\u3002\uFF01\uFF1F\u061F\u0964";
const SEMICOLONS = ";:\uFF1B\uFF1A\u061B";
const COMMAS = ",\uFF0C\u060C\u2014\u2013";
const ENUMERATION_COMMA = "\u3001";
const PAUSES = SENTENCE_ENDS + SEMICOLONS + COMMAS + ENUMERATION_COMMA;
/** Quotation marks and brackets of every script. */
const QUOTES = String.raw`"\p{Pi}\p{Pf}\p{Ps}\p{Pe}¿¡`;

/** Scripts that put no blanks between words. */
const UNSPACED =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u;
const LEADING = new RegExp(`^[${QUOTES}'${PAUSES}\\-]+(?=.)`, "u");
/** What may follow a word without belonging to it. */
const SEPARABLE = new RegExp(`^[${QUOTES}'${PAUSES}\\-]$`, "u");
const HAS_PAUSE = new RegExp(`[${PAUSES}]`, "u");
const NOT_PAUSE = new RegExp(`[^${PAUSES}]`, "gu");
/** Dashes and ellipses split words, but not the numbers of a range. */
const DASH = /(?<!\d)([\u2014\u2013\u2026])|([\u2014\u2013\u2026])(?!\d)/u;
/** What ends with a full stop without ending a sentence. */
const ABBREVIATION =
  /^(?:\p{Lu}|.*\p{L}\.\p{L}+|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|No|Nr|Fig|etc|approx|bzw|ca|usw|Sra?|Mme|Mlle)\.$/u;
const LONGEST_ABBREVIATION = 20;
const SPEAKABLE = /[\p{L}\p{N}\p{S}%&#@*]/u;

/** Splits text as the stand-in speaks it: into words, and the punctuation that makes a pause. */
export function tokenize(text: string, locale: string): readonly Token[] {
  return text
    .split(/\s+/u)
    .filter((chunk) => chunk !== "")
    .flatMap((chunk) =>
      UNSPACED.test(chunk) ? segment(chunk, locale) : chunk.split(DASH).flatMap(splitChunk),
    );
}

function splitChunk(chunk: string | undefined): readonly Token[] {
  if (chunk === undefined || chunk === "") {
    return [];
  }
  const bare = chunk.replace(LEADING, "");
  if (bare.length <= LONGEST_ABBREVIATION && ABBREVIATION.test(bare)) {
    return [{ kind: "word", text: bare }];
  }
  const characters = Array.from(bare);
  const end = characters.findLastIndex((character) => !SEPARABLE.test(character)) + 1;
  const [word, trailing] = [characters.slice(0, end).join(""), characters.slice(end).join("")];
  return [...wordToken(word), ...pauseToken(trailing)];
}

function segment(chunk: string, locale: string): readonly Token[] {
  const segments = new Intl.Segmenter(locale, { granularity: "word" }).segment(chunk);
  return [...segments].flatMap(({ segment: part, isWordLike }) =>
    isWordLike === true ? wordToken(part) : pauseToken(part),
  );
}

function wordToken(text: string): readonly Token[] {
  return SPEAKABLE.test(text) ? [{ kind: "word", text }] : [];
}

function pauseToken(punctuation: string): readonly Token[] {
  if (!HAS_PAUSE.test(punctuation)) {
    return wordToken(punctuation);
  }
  const text = punctuation.replaceAll(NOT_PAUSE, "");
  return [{ kind: "pause", text, pause: pauseKindOf(text) }];
}

function pauseKindOf(text: string): PauseKind {
  const has = (characters: string): boolean =>
    Array.from(text).some((character) => characters.includes(character));
  if (has(SENTENCE_ENDS)) {
    return "sentence";
  }
  if (has(SEMICOLONS)) {
    return "semicolon";
  }
  return has(ENUMERATION_COMMA) ? "enumeration" : "comma";
}
