import { functionNamed, isAggregate } from "./functions.ts";
import { notImitated, QueryError } from "./query-error.ts";
import type { BinaryOperator, Expression, Query } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** How strongly operators bind; higher binds tighter. */
const PRECEDENCE = {
  "??": 1,
  or: 2,
  and: 3,
  "=": 5,
  "!=": 5,
  "<": 6,
  "<=": 6,
  ">": 6,
  ">=": 6,
  "|": 7,
  "^": 7,
  "&": 7,
  "||": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
} as const satisfies Readonly<Record<BinaryOperator, number>>;

const NOT_PRECEDENCE = 4;
/** Of IN, BETWEEN and LIKE; their operands bind tighter. */
const PREDICATE_PRECEDENCE = 5;

const CONSTANTS: Readonly<Record<string, Expression>> = {
  true: { kind: "literal", value: true },
  false: { kind: "literal", value: false },
  null: { kind: "literal", value: null },
  undefined: { kind: "undefined" },
};

/** Parses expressions; what stands inside `(SELECT ...)` is somebody else's. */
export class ExpressionParser {
  readonly #reader: TokenReader;
  readonly #parseQuery: () => Query;

  constructor(reader: TokenReader, parseQuery: () => Query) {
    this.#reader = reader;
    this.#parseQuery = parseQuery;
  }

  expression(): Expression {
    const test = this.#binary(0);
    if (!this.#reader.accept("sign", "?")) {
      return test;
    }
    const consequent = this.expression();
    this.#reader.expect("sign", ":");
    return { kind: "conditional", test, consequent, otherwise: this.expression() };
  }

  /** A path, a call, a literal, something in brackets: what needs no operator. */
  operand(): Expression {
    let result = this.#primary();
    for (;;) {
      if (this.#reader.accept("sign", ".")) {
        const name = this.#reader.expect("name").text;
        result = { kind: "member", object: result, key: { kind: "literal", value: name } };
      } else if (this.#reader.accept("sign", "[")) {
        result = { kind: "member", object: result, key: this.expression() };
        this.#reader.expect("sign", "]");
      } else {
        return result;
      }
    }
  }

  #binary(above: number): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#nextOperator();
      const next: Expression | undefined =
        operator === undefined ? this.#predicate(left, above) : this.#operation(left, operator, above);
      if (next === undefined) {
        return left;
      }
      left = next;
    }
  }

  #operation(left: Expression, operator: BinaryOperator, above: number): Expression | undefined {
    if (PRECEDENCE[operator] <= above) {
      return undefined;
    }
    this.#reader.next();
    return { kind: "binary", operator, left, right: this.#binary(PRECEDENCE[operator]) };
  }

  #nextOperator(): BinaryOperator | undefined {
    const { kind, text } = this.#reader.peek();
    if (kind !== "sign" && kind !== "keyword") {
      return undefined;
    }
    const name = text === "<>" ? "!=" : text;
    return isBinaryOperator(name) ? name : undefined;
  }

  /** `[NOT] IN (...)`, `[NOT] BETWEEN a AND b`, `[NOT] LIKE pattern [ESCAPE 'c']`. */
  #predicate(operand: Expression, above: number): Expression | undefined {
    const isNegated = this.#reader.isNext("keyword", "not");
    const { kind, text } = this.#reader.peek(isNegated ? 1 : 0);
    const isPredicate = kind === "keyword" && ["in", "between", "like"].includes(text);
    if (!isPredicate || PREDICATE_PRECEDENCE <= above) {
      return undefined;
    }
    if (isNegated) {
      this.#reader.next();
    }
    this.#reader.next();
    const predicate = this.#predicateNamed(text, operand);
    return isNegated ? { kind: "unary", operator: "not", operand: predicate } : predicate;
  }

  #predicateNamed(name: string, operand: Expression): Expression {
    if (name === "in") {
      this.#reader.expect("sign", "(");
      return { kind: "in", operand, items: this.#reader.list(")", () => this.expression()) };
    }
    if (name === "between") {
      const low = this.#binary(PREDICATE_PRECEDENCE);
      this.#reader.expect("keyword", "and");
      return { kind: "between", operand, low, high: this.#binary(PREDICATE_PRECEDENCE) };
    }
    const pattern = this.#binary(PREDICATE_PRECEDENCE);
    const escape = this.#reader.accept("keyword", "escape") ? this.#reader.expect("text").text : undefined;
    return { kind: "like", operand, pattern, escape };
  }

  #unary(): Expression {
    if (this.#reader.accept("keyword", "not")) {
      return { kind: "unary", operator: "not", operand: this.#binary(NOT_PRECEDENCE) };
    }
    for (const operator of ["-", "+", "~"] as const) {
      if (this.#reader.accept("sign", operator)) {
        return { kind: "unary", operator, operand: this.#unary() };
      }
    }
    return this.operand();
  }

  #primary(): Expression {
    const { kind, text } = this.#reader.peek();
    switch (kind) {
      case "number":
        this.#reader.next();
        return { kind: "literal", value: Number(text) };
      case "text":
        this.#reader.next();
        return { kind: "literal", value: text };
      case "parameter":
        this.#reader.next();
        return { kind: "parameter", name: text };
      case "name":
        return this.#nameOrCall();
      case "keyword":
        return this.#keyword(text);
      case "sign":
        return this.#bracketed(text);
      case "end":
        throw this.#reader.syntaxError();
    }
  }

  #nameOrCall(): Expression {
    const { text, start, end } = this.#reader.next();
    if (!this.#reader.accept("sign", "(")) {
      return { kind: "identifier", name: text, start, end };
    }
    const parameters = this.#reader.list(")", () => this.expression());
    const name = text.toLowerCase();
    if (isAggregate(name)) {
      const [operand] = parameters;
      if (operand === undefined || parameters.length > 1) {
        throw new QueryError("SC2050", `The ${text.toUpperCase()} function requires 1 argument.`, {
          start,
          end,
        });
      }
      return { kind: "aggregate", name, operand };
    }
    functionNamed(text, parameters.length, { start, end });
    return { kind: "call", name, parameters };
  }

  #keyword(text: string): Expression {
    const constant = CONSTANTS[text];
    if (constant !== undefined) {
      this.#reader.next();
      return constant;
    }
    if (text === "udf") {
      throw notImitated("user-defined functions");
    }
    if (text !== "exists" && text !== "array") {
      throw this.#reader.syntaxError();
    }
    this.#reader.next();
    this.#reader.expect("sign", "(");
    return this.#subquery(text);
  }

  #bracketed(sign: string): Expression {
    if (sign !== "(" && sign !== "[" && sign !== "{") {
      throw this.#reader.syntaxError();
    }
    this.#reader.next();
    if (sign === "[") {
      return { kind: "array", items: this.#reader.list("]", () => this.expression()) };
    }
    if (sign === "{") {
      return { kind: "object", members: this.#reader.list("}", () => this.#objectMember()) };
    }
    if (this.#reader.isNext("keyword", "select")) {
      return this.#subquery("value");
    }
    const inner = this.expression();
    this.#reader.expect("sign", ")");
    return inner;
  }

  #subquery(mode: "value" | "exists" | "array"): Expression {
    const query = this.#parseQuery();
    this.#reader.expect("sign", ")");
    return { kind: "subquery", mode, query };
  }

  #objectMember(): { readonly name: string; readonly value: Expression } {
    const name = this.#reader.expect(this.#reader.isNext("text") ? "text" : "name").text;
    this.#reader.expect("sign", ":");
    return { name, value: this.expression() };
  }
}

function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(PRECEDENCE, text);
}
