import type { Json } from "../json.ts";

export type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "|" | "&" | "^";
export type BinaryOperator = "or" | "and" | "??" | "||" | ComparisonOperator | ArithmeticOperator;

export type Expression =
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "undefined" }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "identifier"; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: "member"; readonly object: Expression; readonly key: Expression }
  | { readonly kind: "unary"; readonly operator: "not" | "-" | "+" | "~"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly consequent: Expression;
      readonly otherwise: Expression;
    }
  | {
      readonly kind: "between";
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | { readonly kind: "in"; readonly operand: Expression; readonly items: readonly Expression[] }
  | {
      readonly kind: "like";
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape: string | undefined;
    }
  | {
      readonly kind: "call";
      /** Lower case. */
      readonly name: string;
      readonly parameters: readonly Expression[];
    }
  | { readonly kind: "aggregate"; readonly name: AggregateName; readonly operand: Expression }
  | { readonly kind: "array"; readonly items: readonly Expression[] }
  | {
      readonly kind: "object";
      readonly members: readonly { readonly name: string; readonly value: Expression }[];
    }
  | { readonly kind: "subquery"; readonly mode: "value" | "exists" | "array"; readonly query: Query };

export type ExpressionOf<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;
export type Simple = ExpressionOf<"literal" | "undefined" | "parameter" | "identifier" | "member">;
export type Operation = ExpressionOf<"unary" | "binary" | "conditional" | "between" | "in" | "like">;

export type AggregateName = "count" | "sum" | "avg" | "min" | "max";

export type Selection =
  | { readonly kind: "everything" }
  | { readonly kind: "value"; readonly expression: Expression }
  | {
      readonly kind: "fields";
      readonly fields: readonly { readonly name: string; readonly expression: Expression }[];
    };

/** `FROM c.path`: each row has the value as `alias`. `FROM alias IN c.path`: each row has one element. */
export interface Source {
  readonly alias: string;
  readonly expression: Expression;
  readonly iterates: boolean;
}

export interface OrderItem {
  readonly expression: Expression;
  readonly isDescending: boolean;
}

export interface Query {
  readonly selection: Selection;
  readonly isDistinct: boolean;
  readonly top: Expression | undefined;
  readonly from: Source | undefined;
  readonly joins: readonly Source[];
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly offset: Expression | undefined;
  readonly limit: Expression | undefined;
}
