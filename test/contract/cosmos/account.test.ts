import { CosmosClient } from "@azure/cosmos";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../../local/faults/control.ts";
import { type CosmosAccount, openCosmosAccount } from "../../support/stores/cosmos-account.ts";
import { signedFetch } from "../../support/stores/signed-fetch.ts";

let account: CosmosAccount;
const control = createControl();

beforeAll(async () => {
  account = await openCosmosAccount({ control, acceptsToken: (token) => token === "good" });
});

afterAll(async () => {
  await account.close();
});

describe("the account of the Cosmos DB stand-in", () => {
  it("knows only its own key", async () => {
    const key = Buffer.from("another key").toString("base64");
    const stranger = new CosmosClient({ endpoint: account.cosmos.url, key });

    await expect(stranger.databases.readAll().fetchAll()).rejects.toMatchObject({ code: 401 });
    stranger.dispose();
  });

  it("refuses requests without a signature, without a date and with an old one", async () => {
    const { url } = account.cosmos;
    const anonymous = await fetch(`${url}/dbs`);
    const undated = await fetch(`${url}/dbs`, {
      headers: { authorization: "type%3Dmaster%26ver%3D1.0%26sig%3Dx" },
    });
    const old = await signedFetch(account.cosmos, "GET", {
      path: "dbs",
      date: new Date(Date.now() - 16 * 60_000),
    });

    expect([anonymous.status, undated.status, old.status]).toEqual([401, 401, 403]);
  });

  it("takes the tokens of Entra ID that it is told to take", async () => {
    const answers = ["good", "bad"].map(async (token) => {
      const authorization = encodeURIComponent(`type=aad&ver=1.0&sig=${token}`);
      return (await fetch(`${account.cosmos.url}/dbs`, { headers: { authorization } })).status;
    });

    expect(await Promise.all(answers)).toEqual([200, 401]);
  });

  it("says what is wrong as Azure says it", async () => {
    const response = await signedFetch(account.cosmos, "GET", { path: "dbs/missing" });

    expect(response.status).toBe(404);
    expect(response.headers.get("x-ms-activity-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({
      code: "NotFound",
      message: expect.stringMatching(/Resource Not Found.*ActivityId: [0-9a-f-]{36}/s),
    });
  });

  it("creates, lists, queries and deletes databases", async () => {
    const { client } = account;
    await client.databases.createIfNotExists({ id: "other" });
    await client.databases.createIfNotExists({ id: "other" });

    const { resources: found } = await client.databases
      .query({ query: "SELECT * FROM d WHERE d.id = @id", parameters: [{ name: "@id", value: "other" }] })
      .fetchAll();
    await client.database("other").delete();

    expect(found).toHaveLength(1);
    await expect(client.databases.create({ id: "tests" })).rejects.toMatchObject({ code: 409 });
    await expect(client.database("other").read()).rejects.toMatchObject({ code: 404 });
    expect((await client.databases.readAll().fetchAll()).resources.map(({ id }) => id)).toEqual(["tests"]);
  });

  it("fills in what a container leaves open, and deletes it with its items", async () => {
    const container = await account.container();
    await container.items.create({ id: "a", owner: "ada" });

    const { resource } = await container.read();
    await container.delete();
    await account.database.containers.create({ id: container.id, partitionKey: { paths: ["/owner"] } });

    expect(resource).toMatchObject({
      partitionKey: { paths: ["/owner"], kind: "Hash", version: 2 },
      indexingPolicy: { indexingMode: "consistent", includedPaths: [{ path: "/*" }] },
    });
    expect((await container.items.readAll().fetchAll()).resources).toEqual([]);
  });

  it("changes the time to live of a container, and never its partition key", async () => {
    const container = await account.container();
    const { resource } = await container.read();
    const definition = { ...resource, id: container.id };

    await container.replace({ ...definition, defaultTtl: 60 });

    expect((await container.read()).resource?.defaultTtl).toBe(60);
    await expect(
      container.replace({ ...definition, partitionKey: { paths: ["/other"] } }),
    ).rejects.toMatchObject({ code: 400 });
  });

  it.each([
    { what: "no partition key", settings: {} },
    {
      what: "four partition keys",
      settings: { partitionKey: { paths: ["/a", "/b", "/c", "/d"], kind: "MultiHash" } },
    },
    {
      what: "two partition keys that are not hierarchical",
      settings: { partitionKey: { paths: ["/a", "/b"] } },
    },
    { what: "a wildcard as partition key", settings: { partitionKey: { paths: ["/a/*"] } } },
    { what: "a default time to live of zero", settings: { partitionKey: { paths: ["/a"] }, defaultTtl: 0 } },
    {
      what: "a composite index of one path",
      settings: { partitionKey: { paths: ["/a"] }, indexingPolicy: { compositeIndexes: [[{ path: "/a" }]] } },
    },
    {
      what: "a policy for vectors, which is not imitated",
      settings: { partitionKey: { paths: ["/a"] }, vectorEmbeddingPolicy: { vectorEmbeddings: [] } },
    },
    { what: "a name with a slash", settings: { id: "a/b", partitionKey: { paths: ["/a"] } } },
  ])("refuses a container with $what", async ({ settings }) => {
    const body = JSON.stringify({ id: "refused", ...settings });

    const { status } = await signedFetch(account.cosmos, "POST", { path: "dbs/tests/colls", body });

    expect(status).toBe(400);
  });

  it.each(["sprocs", "udfs", "triggers", "conflicts"])("refuses %s by name", async (kind) => {
    const { id } = await account.container();

    const response = await signedFetch(account.cosmos, "GET", { path: `dbs/tests/colls/${id}/${kind}` });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain(kind);
  });

  it("throttles when told to, and the client waits and tries again", async () => {
    const container = await account.container();
    control.faults.add({
      service: "cosmos",
      match: { operation: "Create", container: container.id },
      action: { kind: "throttle", retryAfterSeconds: 0.01 },
      times: 2,
    });

    const { statusCode } = await container.items.create({ id: "a", owner: "ada" });

    expect(statusCode).toBe(201);
    expect(control.calls.count("cosmos", "Create")).toBeGreaterThanOrEqual(3);
  });

  it("tells of throttling as Azure does", async () => {
    control.faults.add({ service: "cosmos", action: { kind: "throttle", retryAfterSeconds: 1.5 } });

    const response = await signedFetch(account.cosmos, "GET", { path: "dbs" });

    expect(response.status).toBe(429);
    expect(response.headers.get("x-ms-retry-after-ms")).toBe("1500");
    expect(response.headers.get("x-ms-substatus")).toBe("3200");
    expect(await response.json()).toMatchObject({
      code: "429",
      message: expect.stringContaining("Request rate is large"),
    });
  });
});
