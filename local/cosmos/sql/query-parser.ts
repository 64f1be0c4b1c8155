import { ExpressionParser } from "./expression-parser.ts";
import { QueryError } from "./query-error.ts";
import type { Expression, OrderItem, Query, Selection, Source } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";

/** @throws {@link QueryError} for what is no query, or for a query that the stand-in does not imitate. */
export function parseQuery(text: string): Query {
  const parser = new QueryParser(text);
  return parser.parse(() => parser.query());
}

/** The condition of a patch: `FROM c WHERE ...`, without SELECT. */
export function parseCondition(text: string): Query {
  const parser = new QueryParser(text);
  return parser.parse(() => parser.condition());
}

class QueryParser {
  readonly #reader: TokenReader;
  readonly #expressions: ExpressionParser;

  constructor(text: string) {
    this.#reader = new TokenReader(text);
    this.#expressions = new ExpressionParser(this.#reader, () => this.query());
  }

  parse(read: () => Query): Query {
    const query = read();
    this.#reader.expect("end");
    return query;
  }

  query(): Query {
    this.#reader.expect("keyword", "select");
    const isDistinct = this.#reader.accept("keyword", "distinct");
    const top = this.#reader.accept("keyword", "top") ? this.#count() : undefined;
    const selection = this.#selection();
    return this.#clauses({ selection, isDistinct, top });
  }

  condition(): Query {
    return this.#clauses({ selection: { kind: "everything" }, isDistinct: false, top: undefined });
  }

  #clauses(head: Pick<Query, "selection" | "isDistinct" | "top">): Query {
    const from = this.#reader.accept("keyword", "from") ? this.#source() : undefined;
    const joins = from === undefined ? [] : this.#joins();
    const where = this.#reader.accept("keyword", "where") ? this.#expressions.expression() : undefined;
    const groupBy = this.#groupBy();
    const orderBy = this.#orderBy();
    return { ...head, from, joins, where, groupBy, orderBy, ...this.#offsetLimit(head.top) };
  }

  #selection(): Selection {
    if (this.#reader.accept("sign", "*")) {
      return { kind: "everything" };
    }
    if (this.#reader.accept("keyword", "value")) {
      return { kind: "value", expression: this.#expressions.expression() };
    }
    const fields = this.#separated(() => this.#field());
    return {
      kind: "fields",
      fields: fields.map(({ name, expression }, index) => ({ name: name ?? `$${index + 1}`, expression })),
    };
  }

  #field(): { readonly name: string | undefined; readonly expression: Expression } {
    const expression = this.#expressions.expression();
    return { name: this.#alias() ?? ownName(expression), expression };
  }

  #alias(): string | undefined {
    if (this.#reader.accept("keyword", "as")) {
      return this.#reader.expect(this.#reader.isNext("text") ? "text" : "name").text;
    }
    return this.#reader.isNext("name") ? this.#reader.next().text : undefined;
  }

  #source(): Source {
    const expression = this.#expressions.operand();
    if (this.#reader.accept("keyword", "in")) {
      return { alias: this.#nameOf(expression), expression: this.#expressions.operand(), iterates: true };
    }
    const isSubquery = expression.kind === "subquery";
    const alias = this.#alias() ?? ownName(expression);
    if (alias === undefined || (!isSubquery && !isPath(expression))) {
      throw this.#reader.syntaxError();
    }
    return { alias, expression: isSubquery ? asArray(expression) : expression, iterates: isSubquery };
  }

  #joins(): readonly Source[] {
    const joins: Source[] = [];
    while (this.#reader.accept("keyword", "join")) {
      joins.push(this.#join());
    }
    return joins;
  }

  #join(): Source {
    const source = this.#source();
    if (!source.iterates) {
      throw this.#reader.syntaxError();
    }
    return { ...source, expression: asArray(source.expression) };
  }

  #groupBy(): readonly Expression[] {
    if (!this.#reader.accept("keyword", "group")) {
      return [];
    }
    this.#reader.expect("keyword", "by");
    return this.#separated(() => this.#expressions.expression());
  }

  #orderBy(): readonly OrderItem[] {
    if (!this.#reader.accept("keyword", "order")) {
      return [];
    }
    this.#reader.expect("keyword", "by");
    return this.#separated(() => {
      const expression = this.#expressions.expression();
      const isDescending = this.#reader.accept("keyword", "desc");
      if (!isDescending) {
        this.#reader.accept("keyword", "asc");
      }
      return { expression, isDescending };
    });
  }

  #offsetLimit(top: Expression | undefined): Pick<Query, "offset" | "limit"> {
    if (!this.#reader.accept("keyword", "offset")) {
      return { offset: undefined, limit: undefined };
    }
    if (top !== undefined) {
      throw new QueryError("SC2204", "'TOP' and 'OFFSET LIMIT' cannot be used in the same query.");
    }
    const offset = this.#count();
    this.#reader.expect("keyword", "limit");
    return { offset, limit: this.#count() };
  }

  #count(): Expression {
    if (this.#reader.isNext("parameter")) {
      return { kind: "parameter", name: this.#reader.next().text };
    }
    return { kind: "literal", value: Number(this.#reader.expect("number").text) };
  }

  #separated<T>(item: () => T): readonly T[] {
    const items = [item()];
    while (this.#reader.accept("sign", ",")) {
      items.push(item());
    }
    return items;
  }

  #nameOf(expression: Expression): string {
    if (expression.kind !== "identifier") {
      throw this.#reader.syntaxError();
    }
    return expression.name;
  }
}

/** The name that a column or a source has without an alias. */
function ownName(expression: Expression): string | undefined {
  if (expression.kind === "identifier") {
    return expression.name;
  }
  const isNamed = expression.kind === "member" && expression.key.kind === "literal";
  return isNamed && typeof expression.key.value === "string" ? expression.key.value : undefined;
}

function isPath(expression: Expression): boolean {
  return (
    expression.kind === "identifier" ||
    (expression.kind === "member" && expression.key.kind === "literal" && isPath(expression.object))
  );
}

/** A subquery as a source stands for all of its rows. */
function asArray(expression: Expression): Expression {
  return expression.kind === "subquery" ? { ...expression, mode: "array" } : expression;
}
