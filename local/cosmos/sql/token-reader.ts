import { QueryError } from "./query-error.ts";
import { type Token, type TokenKind, tokensOf } from "./token.ts";

/** Reads the tokens of a query one after another. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(query: string) {
    this.#tokens = tokensOf(query);
  }

  /** The next token, or the one after it. */
  peek(ahead: 0 | 1 = 0): Token {
    const token = this.#tokens[this.#position + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) {
      throw new QueryError("SC1001", "Syntax error, unexpected end of query.");
    }
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  isNext(kind: TokenKind, text?: string): boolean {
    const token = this.peek();
    return token.kind === kind && (text === undefined || token.text === text);
  }

  /** Takes the next token if it is this one. */
  accept(kind: "keyword" | "sign", text: string): boolean {
    const isAccepted = this.isNext(kind, text);
    this.#position += isAccepted ? 1 : 0;
    return isAccepted;
  }

  expect(kind: TokenKind, text?: string): Token {
    if (!this.isNext(kind, text)) {
      throw this.syntaxError();
    }
    return this.next();
  }

  syntaxError(): QueryError {
    const { kind, text, start, end } = this.peek();
    const near = kind === "end" ? "end of query" : `'${text}'`;
    return new QueryError("SC1001", `Syntax error, incorrect syntax near ${near}.`, { start, end });
  }

  /** `item, item, ...` up to `closing`, which is taken; may be empty. */
  list<T>(closing: ")" | "]" | "}", item: () => T): readonly T[] {
    const items: T[] = [];
    if (!this.isNext("sign", closing)) {
      do {
        items.push(item());
      } while (this.accept("sign", ","));
    }
    this.expect("sign", closing);
    return items;
  }
}
