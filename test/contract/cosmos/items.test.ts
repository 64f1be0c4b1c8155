import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CosmosAccount, openCosmosAccount } from "../../support/stores/cosmos-account.ts";
import { signedFetch } from "../../support/stores/signed-fetch.ts";

let account: CosmosAccount;

beforeAll(async () => {
  account = await openCosmosAccount();
});

afterAll(async () => {
  await account.close();
});

describe("items of the Cosmos DB stand-in", () => {
  it("come back with the system's properties, an ETag and a charge", async () => {
    const { items } = await account.container();

    const created = await items.create({ id: "a", owner: "ada", tags: ["x", { y: null }] });

    expect(created.statusCode).toBe(201);
    expect(created.resource).toEqual({
      id: "a",
      owner: "ada",
      tags: ["x", { y: null }],
      _rid: expect.any(String),
      _self: expect.any(String),
      _etag: expect.stringMatching(/^"[0-9a-f-]+"$/),
      _attachments: "attachments/",
      _ts: expect.any(Number),
    });
    expect(created.resource).toHaveProperty("_etag", created.etag);
    expect(created.requestCharge).toBeGreaterThan(5);
    expect((await items.container.item("a", "ada").read()).requestCharge).toBeLessThan(2);
  });

  it("that are missing answer 404", async () => {
    const container = await account.container();

    expect((await container.item("a", "ada").read()).statusCode).toBe(404);
    await expect(container.item("a", "ada").delete()).rejects.toMatchObject({ code: 404 });
    await expect(container.item("a", "ada").replace({ id: "a", owner: "ada" })).rejects.toMatchObject({
      code: 404,
    });
    await expect(
      container.item("a", "ada").patch([{ op: "set", path: "/x", value: 1 }]),
    ).rejects.toMatchObject({ code: 404 });
  });

  it("of a container that is missing answer 404 with sub-status 1003", async () => {
    const missing = account.database.container("missing");

    await expect(missing.items.query("SELECT * FROM c").fetchAll()).rejects.toMatchObject({
      code: 404,
      substatus: 1003,
    });
  });

  it("keep partitions apart in reads, queries, counts and feeds", async () => {
    const container = await account.container();
    await container.items.create({ id: "a", owner: "ada" });
    await container.items.create({ id: "a", owner: "grace" });
    await container.items.create({ id: "b", owner: "grace" });
    const options = { partitionKey: "ada" };

    const { resources: all } = await container.items.query("SELECT * FROM c", options).fetchAll();
    const { resources: lies } = await container.items
      .query("SELECT * FROM c WHERE c.owner = 'grace'", options)
      .fetchAll();
    const { resources: count } = await container.items
      .query("SELECT VALUE COUNT(1) FROM c", options)
      .fetchAll();
    const { resources: feed } = await container.items.readAll({ partitionKey: "ada" }).fetchAll();

    expect(all).toMatchObject([{ id: "a", owner: "ada" }]);
    expect(lies).toEqual([]);
    expect(count).toEqual([1]);
    expect(feed).toHaveLength(1);
    expect((await container.items.readAll().fetchAll()).resources).toHaveLength(3);
    expect((await container.item("b", "ada").read()).statusCode).toBe(404);
  });

  it("refuse a partition key that is not the document's", async () => {
    const container = await account.container();
    await container.items.create({ id: "a", owner: "ada" });

    const attempt = container.item("a", "ada").replace({ id: "a", owner: "grace" });

    await expect(attempt).rejects.toMatchObject({ code: 400, substatus: 1001 });
  });

  it.each([
    { key: "text", value: "ada", other: "Ada" },
    { key: "a number", value: 7, other: "7" },
    { key: "a truth value", value: true, other: "true" },
    { key: "null", value: null, other: "null" },
  ])("take $key as a partition key", async ({ value, other }) => {
    const container = await account.container();
    await container.items.create({ id: "a", owner: value });
    await container.items.create({ id: "a", owner: other });

    const { resource } = await container.item("a", value).read();

    expect(resource).toMatchObject({ owner: value });
  });

  it("without a partition key value have one of their own", async () => {
    const container = await account.container();
    await container.items.create({ id: "a" });
    await container.items.create({ id: "a", owner: null });

    expect((await container.item("a", undefined).read()).resource).not.toHaveProperty("owner");
    expect((await container.item("a", null).read()).resource).toHaveProperty("owner", null);
  });

  it("are partitioned by up to three keys, and found by the first ones", async () => {
    const container = await account.container({
      partitionKey: { paths: ["/tenant", "/user"], kind: "MultiHash", version: 2 } as never,
    });
    await container.items.create({ id: "a", tenant: "t", user: "ada" });
    await container.items.create({ id: "a", tenant: "t", user: "grace" });
    await container.items.create({ id: "a", tenant: "tt", user: "ada" });

    const { resources } = await container.items
      .query("SELECT VALUE c.user FROM c", { partitionKey: ["t"] })
      .fetchAll();

    expect(new Set(resources)).toEqual(new Set(["ada", "grace"]));
    expect((await container.item("a", ["t", "ada"]).read()).resource).toMatchObject({ user: "ada" });
  });

  it("are changed only with the right ETag", async () => {
    const container = await account.container();
    const first = await container.items.create({ id: "a", owner: "ada" });
    const item = container.item("a", "ada");
    await item.replace({ id: "a", owner: "ada", n: 2 });
    const old = { accessCondition: { type: "IfMatch", condition: first.etag } };
    const refused = { code: 412 };

    await expect(item.replace({ id: "a", owner: "ada" }, old)).rejects.toMatchObject(refused);
    await expect(container.items.upsert({ id: "a", owner: "ada" }, old)).rejects.toMatchObject(refused);
    await expect(item.patch([{ op: "incr", path: "/n", value: 1 }], old)).rejects.toMatchObject(refused);
    await expect(item.delete(old)).rejects.toMatchObject(refused);
    expect((await item.read()).resource).toMatchObject({ n: 2 });
  });

  it("answer 304 to a reader who has the version, and 412 to a writer who wants none there", async () => {
    const container = await account.container();
    const { etag } = await container.items.create({ id: "a", owner: "ada" });

    const read = await container
      .item("a", "ada")
      .read({ accessCondition: { type: "IfNoneMatch", condition: etag } });
    const write = container.items.upsert(
      { id: "a", owner: "ada" },
      { accessCondition: { type: "IfNoneMatch", condition: "*" } },
    );

    expect(read.statusCode).toBe(304);
    await expect(write).rejects.toMatchObject({ code: 412 });
  });

  it("live as long as they or their container say", async () => {
    const mortal = await account.container({ defaultTtl: 100 });
    const immortal = await account.container();
    await mortal.items.create({ id: "default", owner: "ada" });
    await mortal.items.create({ id: "short", owner: "ada", ttl: 10 });
    await mortal.items.create({ id: "never", owner: "ada", ttl: -1 });
    await immortal.items.create({ id: "ignored", owner: "ada", ttl: 10 });
    const ids = async (container: typeof mortal): Promise<unknown[]> =>
      (await container.items.query("SELECT VALUE c.id FROM c").fetchAll()).resources;

    account.advance(50);
    expect(await ids(mortal)).toEqual(["default", "never"]);
    account.advance(51);
    expect(await ids(mortal)).toEqual(["never"]);
    expect(await ids(immortal)).toEqual(["ignored"]);
  });

  it.each([
    { what: "no id", body: { owner: "ada", id: "" } },
    { what: "an id that is a number", body: { owner: "ada", id: 7 } },
    { what: "a slash in the id", body: { owner: "ada", id: "a/b" } },
    { what: "an id over 1,023 bytes", body: { owner: "ada", id: "x".repeat(1024) } },
    { what: "a time to live of zero", body: { owner: "ada", id: "a", ttl: 0 } },
    { what: "a time to live that is text", body: { owner: "ada", id: "a", ttl: "60" } },
    { what: "a partition key value that is a list", body: { owner: ["ada"], id: "a" } },
    { what: "a partition key value over 2 KB", body: { owner: "x".repeat(2049), id: "a" } },
  ])("with $what are refused", async ({ body }) => {
    const container = await account.container();

    const status = await send("POST", `${container.url}/docs`, { body, partition: [body.owner] });

    expect(status).toBe(400);
  });

  it("over 2 MB are refused with 413, and kept just below", async () => {
    const container = await account.container();

    const attempt = container.items.create({ id: "a", owner: "ada", text: "x".repeat(2 * 1024 * 1024) });

    await expect(attempt).rejects.toMatchObject({ code: 413 });
    await container.items.create({ id: "b", owner: "ada", text: "x".repeat(2 * 1024 * 1024 - 500) });
  });

  it("are unique by the container's unique keys within a partition", async () => {
    const container = await account.container({ uniqueKeyPolicy: { uniqueKeys: [{ paths: ["/name"] }] } });
    await container.items.create({ id: "a", owner: "ada", name: "x" });

    const attempt = container.items.create({ id: "b", owner: "ada", name: "x" });

    await expect(attempt).rejects.toMatchObject({ code: 409 });
    await container.items.create({ id: "b", owner: "grace", name: "x" });
    await container.item("a", "ada").replace({ id: "a", owner: "ada", name: "x", n: 1 });
  });

  it("lose no update of twenty that compete by ETag", async () => {
    const container = await account.container();
    await container.items.create({ id: "a", owner: "ada", n: 0 });
    const item = container.item("a", "ada");
    const addOne = async (): Promise<void> => {
      const { resource, etag } = await item.read<{ n: number }>();
      const next = { id: "a", owner: "ada", n: (resource?.n ?? 0) + 1 };
      await item
        .replace(next, { accessCondition: { type: "IfMatch", condition: etag } })
        .catch(async (error: { code?: unknown }) => {
          if (error.code !== 412) {
            throw error;
          }
          await addOne();
        });
    };

    await Promise.all(Array.from({ length: 20 }, addOne));

    expect((await item.read()).resource).toMatchObject({ n: 20 });
  });
});

/** Sends what the client would not send. */
async function send(
  method: string,
  path: string,
  { body, partition }: { readonly body: unknown; readonly partition: unknown },
): Promise<number> {
  const { status } = await signedFetch(account.cosmos, method, {
    path,
    body: JSON.stringify(body),
    headers: { "x-ms-documentdb-partitionkey": JSON.stringify(partition) },
  });
  return status;
}
