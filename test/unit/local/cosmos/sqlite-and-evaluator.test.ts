import {
  array,
  assert,
  constantFrom,
  double,
  integer,
  letrec,
  oneof,
  property,
  record,
  string,
  tuple,
  boolean,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOperation } from "../../../../local/cosmos/documents/document-operations.ts";
import { queryPage } from "../../../../local/cosmos/feeds/query-page.ts";
import { isObject, type Json, valueAt } from "../../../../local/cosmos/json.ts";
import { DatabaseFile } from "../../../../local/cosmos/resources/database-file.ts";
import { type Container, ResourceStore } from "../../../../local/cosmos/resources/resource-store.ts";
import { parseQuery } from "../../../../local/cosmos/sql/query-parser.ts";
import { runQuery } from "../../../../local/cosmos/sql/run-query.ts";

const value = oneof(
  constantFrom<Json>(null, true, false, 0, 1, -1.5, 1e21, "", "a", "A", "b", "ä", "😀", "\uffff", "[1]", "1"),
  constantFrom<Json>([], [1], {}, { a: 1 }),
  double({ noNaN: true, noDefaultInfinity: true }),
  string(),
);

const documents = array(record({ f: value, g: value }, { requiredKeys: [] }), { maxLength: 12 });

const path = constantFrom("c.f", "c.g", 'c["f"]', "c.id", "c.f.a");
const literal = value
  .filter((one) => one === null || typeof one !== "object")
  .map((one) => JSON.stringify(one));

const comparison = tuple(path, constantFrom("=", "!=", "<", "<=", ">", ">="), literal, boolean()).map(
  ([left, sign, right, isTurned]) => (isTurned ? `${right} ${sign} ${left}` : `${left} ${sign} ${right}`),
);
const membership = tuple(path, array(literal, { minLength: 1, maxLength: 4 })).map(
  ([left, items]) => `${left} IN (${items.join(", ")})`,
);
const opaque = tuple(path, literal).map(([left, right]) => `NOT (${left} = ${right}) OR IS_STRING(${left})`);

const { condition } = letrec<{ condition: string }>((tie) => ({
  condition: oneof(
    { depthSize: "small", withCrossShrink: true },
    comparison,
    membership,
    opaque,
    tuple(tie("condition"), constantFrom("AND", "OR"), tie("condition")).map(
      ([left, operator, right]) => `(${left}) ${operator} (${right})`,
    ),
    tie("condition").map((inner) => `NOT (${inner})`),
  ),
}));

const order = constantFrom(
  "",
  " ORDER BY c.f",
  " ORDER BY c.g DESC, c.id DESC",
  " ORDER BY c.f ASC, c.id ASC",
  " ORDER BY c.f DESC, c.id DESC",
  " ORDER BY c.g, c.f DESC, c.id",
);

const clauses = tuple(condition, order).map(([where, orderBy]) => ` WHERE ${where}${orderBy}`);

function containerOf(bodies: readonly object[]): {
  readonly container: Container;
  readonly stored: readonly Json[];
} {
  const file = new DatabaseFile(undefined);
  const resources = new ResourceStore(file, () => 0);
  const compositeIndexes = [
    [{ path: "/f" }, { path: "/id" }],
    [{ path: "/g" }, { path: "/id" }],
    [{ path: "/g" }, { path: "/f", order: "descending" }, { path: "/id" }],
  ];
  resources.create("", "dbs", { id: "d" });
  resources.create("dbs/d", "colls", {
    id: "c",
    partitionKey: { paths: ["/owner"] },
    indexingPolicy: { compositeIndexes },
  });
  const container = resources.container("dbs/d/colls/c");
  const stored = bodies.map((fields, index) => {
    const body: Json = { id: `n${index}`, owner: "ada", ...fields };
    applyOperation(container, { kind: "Create", partition: '["ada"]', body }, 0);
    return body;
  });
  return { container, stored };
}

function idOf(document: Json): Json {
  return isObject(document) ? (valueAt(document, "/id") ?? null) : null;
}

function pagesOf(container: Container, query: string, maxItemCount: number): Json[] {
  const ids: Json[] = [];
  let continuation: string | undefined;
  do {
    const page = queryPage({
      container,
      components: ["ada"],
      query,
      parameters: new Map(),
      maxItemCount,
      continuation,
    });
    ids.push(...page.items.map(idOf));
    continuation = page.continuation;
  } while (continuation !== undefined);
  return ids;
}

describe("a query that SQLite prepares", () => {
  it("gives what the evaluator alone gives, in the same order, page by page", () => {
    assert(
      property(documents, clauses, integer({ min: 1, max: 5 }), (bodies, text, maxItemCount) => {
        const { container, stored } = containerOf(bodies);
        const query = `SELECT * FROM c${text}`;
        const input = { documents: stored, parameters: new Map(), isOrdered: false };

        const expected = [...runQuery(parseQuery(query), input)].map(idOf);

        expect(pagesOf(container, query, maxItemCount)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it("counts what the evaluator alone counts", () => {
    assert(
      property(documents, condition, (bodies, where) => {
        const { container, stored } = containerOf(bodies);
        const query = `SELECT VALUE COUNT(1) FROM c WHERE ${where}`;
        const input = { documents: stored, parameters: new Map(), isOrdered: false };
        const request = { container, components: ["ada"], query, parameters: new Map(), maxItemCount: 1 };

        const { items } = queryPage({ ...request, continuation: undefined });

        expect(items).toEqual([...runQuery(parseQuery(query), input)]);
      }),
      { numRuns: 80 },
    );
  });
});
