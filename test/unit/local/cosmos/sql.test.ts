import { describe, expect, it } from "vitest";
import type { Json } from "../../../../local/cosmos/json.ts";
import { checkQuery } from "../../../../local/cosmos/sql/check-query.ts";
import { parseQuery } from "../../../../local/cosmos/sql/query-parser.ts";
import { runQuery } from "../../../../local/cosmos/sql/run-query.ts";

const document = {
  id: "a",
  n: 5,
  zero: 0,
  text: "Zwölf Boxkämpfer",
  yes: true,
  no: false,
  nothing: null,
  list: [1, "x", null],
  object: { b: 1, a: [2] },
};

/** @returns undefined where the expression has no value. */
function valueOf(expression: string): Json | undefined {
  const query = parseQuery(`SELECT VALUE ${expression} FROM c`);
  checkQuery(query);
  return runQuery(query, { documents: [document], parameters: new Map(), isOrdered: false }).next().value;
}

describe("an expression of the query language", () => {
  it.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["10 - 4 - 3", 3],
    ["-c.n + 1", -4],
    ["7 % 4", 3],
    ["6 & 3 | 8", 10],
    ["~5", -6],
    ["1e3 + .5", 1000.5],
    ["'a' || \"b\"", "ab"],
    [String.raw`'it\'s \u00e4 "quoted" \\'`, 'it\'s ä "quoted" \\'],
    [String.raw`"it's \"quoted\""`, 'it\'s "quoted"'],
    ["c.n > 3 ? 'big' : 'small'", "big"],
    ["c.missing > 3 ? 'big' : 'small'", "small"],
    ["c.missing ?? c.n", 5],
    ["c.nothing ?? c.n", null],
    ["c.list[1]", "x"],
    ["c['object'].a[0]", 2],
    ["[1, c.missing, 2]", [1, 2]],
    ["{a: 1, 'b': c.missing}", { a: 1 }],
  ])("%s is %j", (expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  it.each([
    "c.missing",
    "c.list[9]",
    "c.text.length",
    "c.n + 'x'",
    "1 / c.zero",
    "c.n || 'x'",
    "c.missing ? 1 : c.missing",
  ])("%s has no value", (expression) => {
    expect(valueOf(expression)).toBeUndefined();
  });
});

describe("a comparison of the query language", () => {
  it.each([
    ["c.n = 5", true],
    ["c.n != 5", false],
    ["c.n <> 4", true],
    ["'a' < 'b'", true],
    ["'Z' < 'a'", true],
    ["'\uffff' < '😀'", true],
    ["true > false", true],
    ["null = null", true],
    ["c.list = [1, 'x', null]", true],
    ["c.object = {a: [2], b: 1}", true],
    ["c.object = {a: [2]}", false],
    ["c.n BETWEEN 5 AND 6", true],
    ["c.n NOT BETWEEN 5 AND 6", false],
    ["c.n IN (1, 5)", true],
    ["c.text LIKE 'Zw_lf%'", true],
    ["c.text LIKE 'zw%'", false],
    ["'50%' LIKE '50!%' ESCAPE '!'", true],
    ["'500' LIKE '50!%' ESCAPE '!'", false],
    ["'cat' LIKE '[bc]at'", true],
    ["'rat' LIKE '[^bc]at'", true],
    ["'a.c' LIKE 'a.c'", true],
    ["'abc' LIKE 'a.c'", false],
  ])("%s is %j", (expression, value) => {
    expect(valueOf(expression)).toBe(value);
  });

  it.each([
    "c.n = '5'",
    "c.n != '5'",
    "c.missing = 5",
    "c.missing != 5",
    "c.nothing < 1",
    "c.list < [2]",
    "c.n LIKE '5'",
  ])("%s of different types is neither true nor false", (expression) => {
    expect(valueOf(expression)).toBeUndefined();
    expect(valueOf(`NOT (${expression})`)).toBeUndefined();
  });

  it.each([
    ["true AND c.missing", undefined],
    ["false AND c.missing", false],
    ["c.missing AND false", false],
    ["true OR c.missing", true],
    ["c.missing OR true", true],
    ["c.missing OR false", undefined],
    ["NOT c.yes OR c.yes AND c.no", false],
    ["NOT c.n = 5", false],
    ["c.n AND true", undefined],
  ])("%s is %j", (expression, value) => {
    expect(valueOf(expression)).toBe(value);
  });
});

describe("a function of the query language", () => {
  it.each([
    ["IS_DEFINED(c.nothing)", true],
    ["is_defined(c.missing)", false],
    ["IS_NULL(c.nothing)", true],
    ["IS_NUMBER(c.n)", true],
    ["IS_INTEGER(1.5)", false],
    ["IS_STRING(c.n)", false],
    ["IS_BOOL(c.no)", true],
    ["IS_ARRAY(c.list)", true],
    ["IS_OBJECT(c.list)", false],
    ["IS_PRIMITIVE(c.object)", false],
    ["CONTAINS(c.text, 'box', true)", true],
    ["CONTAINS(c.text, 'box')", false],
    ["STARTSWITH(c.text, 'Zw')", true],
    ["ENDSWITH(c.text, 'R', true)", true],
    ["STRINGEQUALS('a', 'A', true)", true],
    ["LOWER('ÄB')", "äb"],
    ["UPPER('äb')", "ÄB"],
    ["LENGTH('abc')", 3],
    ["TRIM(' a ')", "a"],
    ["REVERSE('abc')", "cba"],
    ["CONCAT('a', 'b', 'c')", "abc"],
    ["SUBSTRING('abcdef', 1, 3)", "bcd"],
    ["LEFT('abc', 2)", "ab"],
    ["RIGHT('abc', 2)", "bc"],
    ["INDEX_OF('abc', 'c')", 2],
    ["INDEX_OF('abc', 'x')", -1],
    ["REPLACE('a.b.c', '.', '')", "abc"],
    ["REPLICATE('ab', 2)", "abab"],
    ["TOSTRING([1, true])", "[1,true]"],
    ["STRINGTONUMBER('1.5')", 1.5],
    ["STRINGTOARRAY('[1]')", [1]],
    ["STRINGTOBOOLEAN('true')", true],
    ["ARRAY_LENGTH(c.list)", 3],
    ["ARRAY_CONTAINS(c.list, null)", true],
    ["ARRAY_CONTAINS([{a: 1, b: 2}], {a: 1})", false],
    ["ARRAY_CONTAINS([{a: 1, b: 2}], {a: 1}, true)", true],
    ["ARRAY_CONCAT([1], [2, 3])", [1, 2, 3]],
    ["ARRAY_SLICE([1, 2, 3], 1)", [2, 3]],
    ["ARRAY_SLICE([1, 2, 3], -2, 1)", [2]],
    ["SETINTERSECT([1, 2, 2], [2, 3])", [2]],
    ["SETUNION([1, 2], [2, 3])", [1, 2, 3]],
    ["ABS(-2)", 2],
    ["ROUND(-2.5)", -3],
    ["FLOOR(-2.5)", -3],
    ["CEILING(2.1)", 3],
    ["POWER(2, 10)", 1024],
    ["LOG(8, 2)", 3],
    ["IIF(c.yes, 1, 2)", 1],
  ])("%s is %j", (expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  it.each([
    "LOWER(c.n)",
    "ABS('1')",
    "CONTAINS(c.n, '5')",
    "CONCAT('a', 1)",
    "SQRT(-1)",
    "ARRAY_LENGTH('abc')",
  ])("%s of the wrong type has no value", (expression) => {
    expect(valueOf(expression)).toBeUndefined();
  });
});
