import {
  type ChangeFeedPullModelIterator,
  ChangeFeedStartFrom,
  type Container,
  StatusCodes,
} from "@azure/cosmos";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CosmosAccount, openCosmosAccount } from "../../support/stores/cosmos-account.ts";
import { signedFetch } from "../../support/stores/signed-fetch.ts";

interface Change {
  readonly id: string;
  readonly n: number;
}

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

function changesFrom(changeFeedStartFrom: ChangeFeedStartFrom): ChangeFeedPullModelIterator<Change> {
  return container.items.getChangeFeedIterator<Change>({ changeFeedStartFrom, maxItemCount: 2 });
}

async function seenBy(feed: ChangeFeedPullModelIterator<Change>): Promise<string[]> {
  const seen: string[] = [];
  for (;;) {
    const { statusCode, result } = await feed.readNext();
    if (statusCode === StatusCodes.NotModified) {
      return seen;
    }
    seen.push(...result.map(({ id, n }) => `${id}${n}`));
  }
}

async function write(id: string, owner: string, n: number): Promise<void> {
  await container.items.upsert({ id, owner, n });
}

describe("the change feed of the Cosmos DB stand-in", () => {
  it("tells of the latest version of what changed, in order, and of nothing twice", async () => {
    await write("a", "ada", 1);
    await write("b", "grace", 1);
    await write("c", "ada", 1);
    await write("a", "ada", 2);
    await write("gone", "ada", 1);
    await container.item("gone", "ada").delete();
    const feed = changesFrom(ChangeFeedStartFrom.Beginning());

    expect(await seenBy(feed)).toEqual(["b1", "c1", "a2"]);
    await write("b", "grace", 2);
    expect(await seenBy(feed)).toEqual(["b2"]);
  });

  it("of one partition tells nothing of the others", async () => {
    await write("a", "ada", 1);
    await write("b", "grace", 1);
    await write("c", "ada", 1);

    expect(await seenBy(changesFrom(ChangeFeedStartFrom.Beginning("ada")))).toEqual(["a1", "c1"]);
  });

  it("starts with this moment when told to", async () => {
    await write("a", "ada", 1);
    const feed = changesFrom(ChangeFeedStartFrom.Now());

    expect(await seenBy(feed)).toEqual([]);
    await write("b", "ada", 1);
    expect(await seenBy(feed)).toEqual(["b1"]);
  });

  it("of all versions and deletes is refused by name", async () => {
    const response = await signedFetch(account.cosmos, "GET", {
      path: `${container.url}/docs`,
      headers: { "A-IM": "Full-Fidelity Feed" },
    });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain("all versions and deletes");
  });
});
