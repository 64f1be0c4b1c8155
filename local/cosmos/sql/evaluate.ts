import { type Json, memberOf, type Value } from "../json.ts";
import { aggregate } from "./aggregates.ts";
import { functionNamed } from "./functions.ts";
import { calculated, compared, isArithmetic, isLike, logical, negated, signed } from "./operators.ts";
import { QueryError } from "./query-error.ts";
import type { Expression, ExpressionOf, Operation, Query, Simple } from "./syntax.ts";
import { deepEquals } from "./value-order.ts";

/** What an expression can see. */
export interface Scope {
  /** Values by alias. */
  readonly values: ReadonlyMap<string, Value>;
  readonly parameters: ReadonlyMap<string, Json>;
  /** The rows that aggregates work on. */
  readonly group: readonly Scope[];
  /** Runs a subquery on what this scope sees. */
  run(this: void, query: Query, scope: Scope): readonly Json[];
}

const SIMPLE = new Set<Expression["kind"]>(["literal", "undefined", "parameter", "identifier", "member"]);
const OPERATIONS = new Set<Expression["kind"]>(["unary", "binary", "conditional", "between", "in", "like"]);

export function evaluate(expression: Expression, scope: Scope): Value {
  if (isSimple(expression)) {
    return evaluateSimple(expression, scope);
  }
  return isOperation(expression) ? evaluateOperation(expression, scope) : evaluateCompound(expression, scope);
}

function isSimple(expression: Expression): expression is Simple {
  return SIMPLE.has(expression.kind);
}

function isOperation(expression: Expression): expression is Operation {
  return OPERATIONS.has(expression.kind);
}

function evaluateSimple(expression: Simple, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "undefined":
      return undefined;
    case "parameter":
      return parameter(expression.name, scope);
    case "identifier":
      return scope.values.get(expression.name);
    case "member":
      return memberOf(evaluate(expression.object, scope), evaluate(expression.key, scope));
  }
}

function evaluateOperation(expression: Operation, scope: Scope): Value {
  switch (expression.kind) {
    case "unary":
      return unary(expression, scope);
    case "binary":
      return binary(expression, scope);
    case "conditional":
      return evaluate(
        evaluate(expression.test, scope) === true ? expression.consequent : expression.otherwise,
        scope,
      );
    case "between":
      return between(expression, scope);
    case "in":
      return isIn(expression, scope);
    case "like":
      return isLike(
        evaluate(expression.operand, scope),
        evaluate(expression.pattern, scope),
        expression.escape,
      );
  }
}

function evaluateCompound(expression: Exclude<Expression, Simple | Operation>, scope: Scope): Value {
  switch (expression.kind) {
    case "call": {
      const { name, parameters } = expression;
      return functionNamed(name, parameters.length).apply(...parameters.map((one) => evaluate(one, scope)));
    }
    case "aggregate":
      return aggregate(
        expression.name,
        scope.group.map((row) => evaluate(expression.operand, row)),
      );
    case "array":
      return expression.items.map((item) => evaluate(item, scope)).filter((item) => item !== undefined);
    case "object":
      return objectOf(expression.members, scope);
    case "subquery":
      return subquery(expression, scope);
  }
}

/** An object of those members that have a value. */
export function objectOf(
  members: readonly { readonly name: string; readonly value: Expression }[],
  scope: Scope,
): Json {
  const values: Record<string, Json> = {};
  for (const { name, value } of members) {
    const evaluated = evaluate(value, scope);
    if (evaluated !== undefined) {
      values[name] = evaluated;
    }
  }
  return values;
}

function parameter(name: string, scope: Scope): Value {
  if (!scope.parameters.has(name)) {
    throw new QueryError("SC2003", `Parameter '${name}' is not given a value.`);
  }
  return scope.parameters.get(name);
}

function unary({ operator, operand }: ExpressionOf<"unary">, scope: Scope): Value {
  const value = evaluate(operand, scope);
  return operator === "not" ? negated(value) : signed(operator, value);
}

function binary({ operator, left, right }: ExpressionOf<"binary">, scope: Scope): Value {
  const first = evaluate(left, scope);
  const second = (): Value => evaluate(right, scope);
  if (operator === "??") {
    return first === undefined ? second() : first;
  }
  if (operator === "and" || operator === "or") {
    return logical(operator, first, second);
  }
  if (operator === "||") {
    const text = second();
    return typeof first === "string" && typeof text === "string" ? first + text : undefined;
  }
  return isArithmetic(operator) ? calculated(operator, first, second()) : compared(operator, first, second());
}

function between({ operand, low, high }: ExpressionOf<"between">, scope: Scope): Value {
  const value = evaluate(operand, scope);
  return logical("and", compared(">=", value, evaluate(low, scope)), () =>
    compared("<=", value, evaluate(high, scope)),
  );
}

function isIn({ operand, items }: ExpressionOf<"in">, scope: Scope): Value {
  const value = evaluate(operand, scope);
  return value === undefined ? undefined : items.some((item) => deepEquals(value, evaluate(item, scope)));
}

function subquery({ mode, query }: ExpressionOf<"subquery">, scope: Scope): Value {
  const rows = scope.run(query, scope);
  if (mode === "exists") {
    return rows.length > 0;
  }
  return mode === "array" ? rows : rows[0];
}
