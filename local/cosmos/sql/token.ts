import { parseJson } from "../json.ts";
import { QueryError } from "./query-error.ts";

export type TokenKind = "keyword" | "name" | "number" | "text" | "parameter" | "sign" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** Keywords in lower case, names and signs as written, texts without quotes and escapes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Reserved, in any case. */
const KEYWORDS = new Set(
  (
    "and array as asc between by desc distinct escape exists from group in join like limit not offset or order " +
    "select top udf value where"
  ).split(" "),
);

/** Reserved in lower case only. */
const CONSTANTS = new Set(["true", "false", "null", "undefined"]);

const TOKEN = new RegExp(
  [
    /(?<space>\s+|--[^\n]*)/,
    /(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w@]))/,
    /(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/,
    /(?<parameter>@[A-Za-z_]\w*)/,
    /(?<name>[A-Za-z_]\w*)/,
    /(?<sign>\?\?|<=|>=|!=|<>|\|\||[-+*/%(),.[\]{}:=<>?&|^~])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gy",
);

/** @throws {@link QueryError} for text that is no token. */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let start = 0;
  for (const match of query.matchAll(TOKEN)) {
    const end = start + match[0].length;
    const token = match.groups === undefined ? undefined : tokenOf(match.groups);
    if (token !== undefined) {
      tokens.push({ ...token, start, end });
    }
    start = end;
  }
  if (start < query.length) {
    const location = { start, end: start + 1 };
    throw new QueryError("SC1010", `Syntax error, invalid token '${query.charAt(start)}'.`, location);
  }
  return [...tokens, { kind: "end", text: "", start, end: start }];
}

type Groups = Readonly<Record<string, string | undefined>>;

function tokenOf(groups: Groups): Pick<Token, "kind" | "text"> | undefined {
  const { number, text, parameter, name, sign } = groups;
  if (number !== undefined) {
    return { kind: "number", text: number };
  }
  if (text !== undefined) {
    return { kind: "text", text: textOf(text) };
  }
  if (parameter !== undefined) {
    return { kind: "parameter", text: parameter };
  }
  if (name !== undefined) {
    return wordOf(name);
  }
  return sign === undefined ? undefined : { kind: "sign", text: sign };
}

function wordOf(name: string): Pick<Token, "kind" | "text"> {
  const word = name.toLowerCase();
  if (KEYWORDS.has(word)) {
    return { kind: "keyword", text: word };
  }
  return { kind: CONSTANTS.has(name) ? "keyword" : "name", text: name };
}

/** What JSON spells differently. */
const JSON_SPELLING: Readonly<Record<string, string>> = { "\\'": "'", '"': '\\"' };

function textOf(literal: string): string {
  const inner = literal.slice(1, -1).replaceAll(/\\[\s\S]|"/g, (found) => JSON_SPELLING[found] ?? found);
  try {
    const parsed = parseJson(`"${inner}"`);
    return typeof parsed === "string" ? parsed : "";
  } catch {
    throw new QueryError("SC1010", "Syntax error, invalid string literal.");
  }
}
