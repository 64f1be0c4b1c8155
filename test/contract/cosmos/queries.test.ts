import type { Container, FeedOptions, JSONValue, SqlParameter } from "@azure/cosmos";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CosmosAccount, openCosmosAccount } from "../../support/stores/cosmos-account.ts";
import { signedFetch } from "../../support/stores/signed-fetch.ts";

let account: CosmosAccount;
let container: Container;

const people = [
  { id: "1", owner: "ada", name: "Ann", age: 30, tags: ["a", "b"], city: "Ulm" },
  { id: "2", owner: "ada", name: "bob", age: 25, tags: ["b"], city: "Bonn" },
  { id: "3", owner: "ada", name: "Cem", age: 30, tags: [], city: "Ulm" },
  { id: "4", owner: "ada", name: "Dora", age: null, city: "Bonn" },
  { id: "5", owner: "ada", name: "Eve" },
  { id: "6", owner: "grace", name: "Ann", age: 99, tags: ["a"], city: "Ulm" },
];

beforeAll(async () => {
  account = await openCosmosAccount();
  container = await account.container({
    indexingPolicy: {
      excludedPaths: [{ path: "/secret/?" }],
      compositeIndexes: [
        [
          { path: "/age", order: "ascending" },
          { path: "/name", order: "descending" },
        ],
      ],
    },
  });
  for (const person of people) {
    await container.items.create(person);
  }
});

afterAll(async () => {
  await account.close();
});

async function resultsOf(
  query: string,
  parameters: SqlParameter[] = [],
  options?: FeedOptions,
): Promise<JSONValue[]> {
  const { resources } = await container.items
    .query({ query, parameters }, options ?? { partitionKey: "ada" })
    .fetchAll();
  return resources;
}

describe("a query to the Cosmos DB stand-in", () => {
  it.each([
    { query: "SELECT VALUE c.id FROM c WHERE c.age = 30", results: ["1", "3"] },
    { query: "SELECT VALUE c.id FROM c WHERE c.age > 25 AND c.city = 'Ulm'", results: ["1", "3"] },
    { query: "SELECT VALUE c.id FROM c WHERE c.age != 30", results: ["2"] },
    { query: "SELECT VALUE c.id FROM c WHERE c.age = null", results: ["4"] },
    { query: "SELECT VALUE c.id FROM c WHERE NOT IS_DEFINED(c.age)", results: ["5"] },
    { query: "SELECT VALUE c.id FROM c WHERE c.age BETWEEN 25 AND 29", results: ["2"] },
    { query: "SELECT VALUE c.id FROM c WHERE c.name IN ('Ann', 'Eve', 5)", results: ["1", "5"] },
    { query: "SELECT VALUE c.id FROM c WHERE c.name NOT IN ('Ann', 'Eve')", results: ["2", "3", "4"] },
    { query: "SELECT VALUE c.id FROM c WHERE c.name LIKE '%o%'", results: ["2", "4"] },
    { query: "SELECT VALUE c.id FROM c WHERE CONTAINS(c.name, 'B', true)", results: ["2"] },
    {
      query: "SELECT VALUE c.id FROM c WHERE STARTSWITH(c.name, 'D') OR ARRAY_CONTAINS(c.tags, 'b')",
      results: ["1", "2", "4"],
    },
    {
      query: "SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.tags WHERE t = 'a')",
      results: ["1"],
    },
    { query: "SELECT VALUE t FROM c JOIN t IN c.tags", results: ["a", "b", "b"] },
    { query: "SELECT VALUE t FROM t IN c.tags", results: ["a", "b", "b"] },
    { query: "SELECT c.name, c.age AS years FROM c WHERE c.id = '2'", results: [{ name: "bob", years: 25 }] },
    {
      query: "SELECT {'n': c.name} AS x, [c.age] FROM c WHERE c.id = '5'",
      results: [{ x: { n: "Eve" }, $2: [] }],
    },
    { query: "SELECT TOP 2 VALUE c.id FROM c", results: ["1", "2"] },
    { query: "SELECT VALUE c.id FROM c ORDER BY c.name", results: ["1", "3", "4", "5", "2"] },
    { query: "SELECT VALUE c.id FROM c ORDER BY c.age", results: ["5", "4", "2", "1", "3"] },
    { query: "SELECT VALUE c.id FROM c ORDER BY c.age ASC, c.name DESC", results: ["5", "4", "2", "3", "1"] },
    { query: "SELECT VALUE c.id FROM c ORDER BY c.age DESC, c.name ASC", results: ["1", "3", "2", "4", "5"] },
    { query: "SELECT VALUE c.id FROM c ORDER BY c.id DESC OFFSET 1 LIMIT 2", results: ["4", "3"] },
    { query: "SELECT DISTINCT VALUE c.city FROM c", results: ["Ulm", "Bonn"] },
    { query: "SELECT VALUE COUNT(1) FROM c", results: [5] },
    { query: "SELECT VALUE COUNT(c.age) FROM c", results: [4] },
    { query: "SELECT VALUE SUM(c.age) FROM c WHERE c.age > 0", results: [85] },
    {
      query: "SELECT MIN(c.name) AS first, MAX(c.name) AS last, AVG(c.age) AS mean FROM c WHERE c.age > 0",
      results: [{ first: "Ann", last: "bob", mean: 85 / 3 }],
    },
    {
      query: "SELECT c.city, COUNT(1) AS n FROM c WHERE IS_DEFINED(c.city) GROUP BY c.city",
      results: [
        { city: "Ulm", n: 2 },
        { city: "Bonn", n: 2 },
      ],
    },
    {
      query: "SELECT VALUE {total: (SELECT VALUE COUNT(1) FROM t IN c.tags)} FROM c WHERE c.id = '1'",
      results: [{ total: 2 }],
    },
    {
      query: "SELECT VALUE ARRAY(SELECT VALUE UPPER(t) FROM t IN c.tags) FROM c WHERE c.id = '1'",
      results: [["A", "B"]],
    },
    {
      query: 'SELECT VALUE x["id"] FROM people AS x WHERE x["city"] = "Bonn" -- a comment',
      results: ["2", "4"],
    },
  ])("$query", async ({ query, results }) => {
    expect(await resultsOf(query)).toEqual(results);
  });

  it("sees every partition when none is named", async () => {
    expect(await resultsOf("SELECT VALUE COUNT(1) FROM c", [], {})).toEqual([6]);
    expect(await resultsOf("SELECT VALUE c.id FROM c WHERE c.name = 'Ann'", [], {})).toEqual(["1", "6"]);
    expect(await resultsOf("SELECT TOP 1 VALUE c.id FROM c ORDER BY c.age DESC", [], {})).toEqual(["6"]);
  });

  it("takes values as parameters, and never as text of the query", async () => {
    const query = "SELECT VALUE c.id FROM c WHERE c.name = @name OR ARRAY_CONTAINS(@ids, c.id)";
    const parameters = [
      { name: "@name", value: "x' OR true OR '" },
      { name: "@ids", value: ["3"] },
    ];

    expect(await resultsOf(query, parameters)).toEqual(["3"]);
  });

  it.each([
    { query: "SELECT VALUE c.id FROM c", ids: ["1", "2", "3", "4", "5"] },
    { query: "SELECT VALUE c.id FROM c ORDER BY c.age", ids: ["5", "4", "2", "1", "3"] },
    { query: "SELECT VALUE c.id FROM c ORDER BY c.age DESC, c.name ASC", ids: ["1", "3", "2", "4", "5"] },
    { query: "SELECT VALUE c.id FROM c ORDER BY c.name DESC OFFSET 1 LIMIT 3", ids: ["5", "4", "3"] },
    { query: "SELECT TOP 3 VALUE c.id FROM c ORDER BY c.id DESC", ids: ["5", "4", "3"] },
    { query: "SELECT DISTINCT VALUE c.city FROM c", ids: ["Ulm", "Bonn"] },
  ])("gives the same page by page: $query", async ({ query, ids }) => {
    const iterator = container.items.query<string>(query, { partitionKey: "ada", maxItemCount: 1 });
    const pages: string[][] = [];

    while (iterator.hasMoreResults()) {
      pages.push((await iterator.fetchNext()).resources);
    }

    expect(pages.flat()).toEqual(ids);
    expect(pages.length).toBeGreaterThanOrEqual(ids.length);
  });

  it("goes on by its continuation in another client call, and refuses one of another query", async () => {
    const query = "SELECT VALUE c.id FROM c ORDER BY c.name";
    const first = await container.items.query(query, { partitionKey: "ada", maxItemCount: 2 }).fetchNext();
    const continuationToken = first.continuationToken;

    const rest = await resultsOf(query, [], { partitionKey: "ada", continuationToken });

    expect(rest).toEqual(["4", "5", "2"]);
    await expect(resultsOf(query, [], { partitionKey: "grace", continuationToken })).rejects.toMatchObject({
      code: 400,
    });
  });

  it("is charged for what it reads", async () => {
    const { requestCharge } = await container.items
      .query("SELECT * FROM c", { partitionKey: "ada" })
      .fetchAll();

    expect(requestCharge).toBeGreaterThan(2.3);
  });

  it.each([
    { query: "SELECT * FORM c", code: "SC1001" },
    { query: "SELECT c.id, FROM c", code: "SC1001" },
    { query: "SELECT * FROM c WHERE c.a == 1", code: "SC1001" },
    { query: "SELECT * FROM c WHERE c.a = 'x", code: "SC1010" },
    { query: "SELECT * FROM c HAVING c.a", code: "SC1001" },
    { query: "SELECT c.order FROM c", code: "SC1001" },
    { query: "SELECT c.value FROM c", code: "SC1001" },
    { query: "SELECT * FROM c WHERE c.a = TRUE", code: "SC2001" },
    { query: "SELECT * FROM c WHERE a = 1", code: "SC2001" },
    { query: "SELECT * FROM c AS x WHERE c.a = 1", code: "SC2001" },
    { query: "SELECT * FROM c WHERE LEFTPAD(c.a, 3)", code: "SC2005" },
    { query: "SELECT * FROM c WHERE CONTAINS(c.a)", code: "SC2050" },
    { query: "SELECT * FROM c WHERE c.a = @missing", code: "SC2003" },
    { query: "SELECT * FROM c WHERE COUNT(1) > 1", code: "SC2102" },
    { query: "SELECT c.name, COUNT(1) FROM c", code: "SC2105" },
    { query: "SELECT c.name, COUNT(1) FROM c GROUP BY c.city", code: "SC2105" },
    { query: "SELECT c.city, COUNT(1) FROM c GROUP BY c.city ORDER BY c.city", code: "SC2104" },
    { query: "SELECT TOP 1 * FROM c OFFSET 0 LIMIT 1", code: "SC2204" },
    { query: "SELECT TOP -1 * FROM c", code: "SC1001" },
    { query: "SELECT TOP 1.5 * FROM c", code: "SC2062" },
    { query: "SELECT * FROM c ORDER BY c.city, c.name", code: "SC3401" },
    { query: "SELECT * FROM c ORDER BY c.age, c.name", code: "SC3401" },
    { query: "SELECT * FROM c ORDER BY c.name DESC, c.age ASC", code: "SC3401" },
    { query: "SELECT * FROM c ORDER BY c.secret", code: "SC3402" },
    { query: "SELECT * FROM c ORDER BY LOWER(c.name)", code: "SC2107" },
    { query: "SELECT VALUE t FROM c JOIN t IN c.tags ORDER BY t", code: "SC2107" },
    { query: "SELECT * FROM c JOIN t IN c.tags", code: "SC2040" },
    { query: "SELECT udf.tax(c.a) FROM c", code: "SC9999" },
    { query: "SELECT * FROM c WHERE ST_DISTANCE(c.a, c.b) < 1", code: "SC2005" },
  ])("is refused: $query", async ({ query, code }) => {
    await expect(resultsOf(query)).rejects.toMatchObject({
      code: 400,
      body: { message: expect.stringContaining(`"code":"${code}"`) },
    });
  });

  it("over all partitions is refused to a client that has not allowed it", async () => {
    const path = `${container.url}/docs`;
    const headers = { "content-type": "application/query+json", "x-ms-documentdb-isquery": "True" };
    const body = JSON.stringify({ query: "SELECT * FROM c" });

    const response = await signedFetch(account.cosmos, "POST", { path, headers, body });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Cross partition query is required but disabled");
  });

  it("never answers more than 4 MB at once", async () => {
    const large = await account.container();
    for (let index = 0; index < 6; index += 1) {
      await large.items.create({ id: `${index}`, owner: "ada", text: "x".repeat(1_000_000) });
    }
    const iterator = large.items.query("SELECT * FROM c", { partitionKey: "ada", maxItemCount: 100 });

    const first = await iterator.fetchNext();
    const second = await iterator.fetchNext();

    expect([first.resources.length, second.resources.length]).toEqual([4, 2]);
  });
});
