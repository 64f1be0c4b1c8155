import type { Container, OperationInput, PatchRequestBody } from "@azure/cosmos";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CosmosAccount, openCosmosAccount } from "../../support/stores/cosmos-account.ts";
import { signedFetch } from "../../support/stores/signed-fetch.ts";

let account: CosmosAccount;
let container: Container;

beforeAll(async () => {
  account = await openCosmosAccount();
});

beforeEach(async () => {
  container = await account.container();
});

afterAll(async () => {
  await account.close();
});

function incrementIf(condition: string): PatchRequestBody {
  return { condition, operations: [{ op: "incr", path: "/n", value: 1 }] };
}

function create(id: string, owner = "ada"): OperationInput {
  return { operationType: "Create", resourceBody: { id, owner } };
}

function replace(id: string, ifMatch: string): OperationInput {
  return { operationType: "Replace", id, ifMatch, resourceBody: { id, owner: "ada", n: 1 } };
}

describe("a patch of the Cosmos DB stand-in", () => {
  const document = { id: "a", owner: "ada", n: 1, list: [1, 2], inner: { x: "y" } };

  it("adds, sets, replaces, increments, removes and moves", async () => {
    await container.items.create(document);

    const { resource } = await container
      .item("a", "ada")
      .patch([
        { op: "add", path: "/list/0", value: 0 },
        { op: "add", path: "/list/-", value: 3 },
        { op: "set", path: "/new", value: { a: [null] } },
        { op: "replace", path: "/inner/x", value: "z" },
        { op: "incr", path: "/n", value: 1.5 },
        { op: "incr", path: "/count", value: 2 },
        { op: "remove", path: "/list/1" },
        { op: "move", from: "/inner/x", path: "/moved" } as never,
      ]);

    expect(resource).toMatchObject({
      n: 2.5,
      list: [0, 2, 3],
      new: { a: [null] },
      inner: {},
      count: 2,
      moved: "z",
    });
  });

  it("happens only under its condition", async () => {
    await container.items.create(document);
    const item = container.item("a", "ada");

    await item.patch(incrementIf("FROM c WHERE c.n = 1"));

    await expect(item.patch(incrementIf("from c where c.n = 1"))).rejects.toMatchObject({ code: 412 });
    await expect(item.patch(incrementIf("from c where c.n ="))).rejects.toMatchObject({ code: 400 });
    expect((await item.read()).resource).toMatchObject({ n: 2 });
  });

  it("caps what fifty increments at once may reach", async () => {
    await container.items.create({ id: "a", owner: "ada", n: 0 });
    const item = container.item("a", "ada");
    const increment: PatchRequestBody = {
      condition: "FROM c WHERE c.n < 30",
      operations: [{ op: "incr", path: "/n", value: 1 }],
    };

    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => item.patch(increment)));

    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
    expect((await item.read()).resource).toMatchObject({ n: 30 });
  });

  it.each([
    { what: "the id", operation: { op: "set", path: "/id", value: "b" } },
    { what: "the partition key", operation: { op: "set", path: "/owner", value: "grace" } },
    { what: "a system property", operation: { op: "set", path: "/_ts", value: 1 } },
    {
      what: "a property to be replaced that is not there",
      operation: { op: "replace", path: "/no", value: 1 },
    },
    { what: "a property to be removed that is not there", operation: { op: "remove", path: "/no" } },
    { what: "below a property that is not there", operation: { op: "set", path: "/no/x", value: 1 } },
    { what: "a text to be incremented", operation: { op: "incr", path: "/inner/x", value: 1 } },
    { what: "behind the end of a list", operation: { op: "add", path: "/list/9", value: 1 } },
    { what: "with an operation that does not exist", operation: { op: "append", path: "/n", value: 1 } },
  ])("of $what is refused", async ({ operation }) => {
    await container.items.create(document);

    const attempt = container.item("a", "ada").patch([operation as never]);

    await expect(attempt).rejects.toMatchObject({ code: 400 });
    expect((await container.item("a", "ada").read()).resource).toMatchObject(document);
  });

  it("of more than ten operations is refused", async () => {
    await container.items.create(document);
    const operations = Array.from({ length: 11 }, () => ({ op: "incr" as const, path: "/n", value: 1 }));

    await expect(container.item("a", "ada").patch(operations)).rejects.toMatchObject({ code: 400 });
  });
});

describe("a transactional batch of the Cosmos DB stand-in", () => {
  it("does all operations in order", async () => {
    await container.items.create({ id: "old", owner: "ada", n: 1 });

    const { code, result } = await container.items.batch(
      [
        create("a"),
        { operationType: "Read", id: "a" },
        { operationType: "Upsert", resourceBody: { id: "a", owner: "ada", n: 2 } },
        { operationType: "Patch", id: "a", resourceBody: [{ op: "incr", path: "/n", value: 1 }] },
        { operationType: "Replace", id: "old", resourceBody: { id: "old", owner: "ada", n: 9 } },
        { operationType: "Delete", id: "old" },
      ],
      "ada",
    );

    expect(code).toBe(200);
    expect(result?.map(({ statusCode }) => statusCode)).toEqual([201, 200, 200, 200, 200, 204]);
    expect((await container.item("a", "ada").read()).resource).toMatchObject({ n: 3 });
    expect((await container.item("old", "ada").read()).statusCode).toBe(404);
  });

  it("does none when one fails, and says which", async () => {
    await container.items.create({ id: "b", owner: "ada" });

    const { code, result } = await container.items.batch([create("a"), create("b"), create("c")], "ada");

    expect(code).toBe(207);
    expect(result?.map(({ statusCode }) => statusCode)).toEqual([424, 409, 424]);
    expect((await container.items.readAll().fetchAll()).resources).toHaveLength(1);
  });

  it("checks ETags", async () => {
    const { etag } = await container.items.create({ id: "b", owner: "ada" });

    const refused = await container.items.batch([create("a"), replace("b", '"other"')], "ada");
    const accepted = await container.items.batch([create("a"), replace("b", etag)], "ada");

    expect(refused.result?.map(({ statusCode }) => statusCode)).toEqual([424, 412]);
    expect(accepted.result?.map(({ statusCode }) => statusCode)).toEqual([201, 200]);
  });

  it("refuses a document of another partition", async () => {
    const { result } = await container.items.batch([create("a"), create("b", "grace")], "ada");

    expect(result?.map(({ statusCode }) => statusCode)).toEqual([424, 400]);
  });

  it("of more than a hundred operations is refused", async () => {
    const operations = Array.from({ length: 101 }, (_, index) => create(`n${index}`));

    const { status } = await signedFetch(account.cosmos, "POST", {
      path: `${container.url}/docs`,
      body: JSON.stringify(operations),
      headers: {
        "x-ms-cosmos-is-batch-request": "True",
        "x-ms-cosmos-batch-atomic": "True",
        "x-ms-documentdb-partitionkey": '["ada"]',
      },
    });

    expect(status).toBe(400);
    expect((await container.items.readAll().fetchAll()).resources).toHaveLength(0);
  });

  it("over 2 MB is refused with 413", async () => {
    const large = Array.from({ length: 3 }, (_, index) => ({
      operationType: "Create" as const,
      resourceBody: { id: `n${index}`, owner: "ada", text: "x".repeat(800_000) },
    }));

    await expect(container.items.batch(large, "ada")).rejects.toMatchObject({ cause: { code: 413 } });
  });
});

describe("a bulk request of the Cosmos DB stand-in", () => {
  it("does each operation on its own, over partitions", async () => {
    await container.items.create({ id: "a", owner: "grace" });

    const results = await container.items.executeBulkOperations([
      { operationType: "Create", partitionKey: "ada", resourceBody: { id: "a", owner: "ada" } },
      { operationType: "Create", partitionKey: "grace", resourceBody: { id: "a", owner: "grace" } },
      { operationType: "Upsert", partitionKey: "grace", resourceBody: { id: "b", owner: "grace" } },
    ]);

    expect(results.map(({ response, error }) => response?.statusCode ?? error?.code)).toEqual([
      201, 409, 201,
    ]);
    expect((await container.items.readAll().fetchAll()).resources).toHaveLength(3);
  });
});
