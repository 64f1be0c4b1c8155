import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostApp, startHostApp } from "../../support/host-app.ts";
import { recorded } from "../../support/recorded.ts";
import { startStorageAccount, type TestStorageAccount } from "../../support/storage-account.ts";

let account: TestStorageAccount;
let blobs: BlobServiceClient;
let app: HostApp;

beforeAll(async () => {
  account = await startStorageAccount();
  blobs = BlobServiceClient.fromConnectionString(account.connectionString);
  await Promise.all(["drop", "failing", "slow", "references"].map((name) => blobs.createContainer(name)));
  app = await startBackground();
});

afterAll(async () => {
  await app.close();
  await account.close();
});

async function startBackground(dataDirectory?: string): Promise<HostApp> {
  const settings = { AzureWebJobsStorage: account.connectionString, TICK_SCHEDULE: "00:05:00" };
  return startHostApp("background", {
    settings,
    runSchedules: false,
    blobPollIntervalMs: 50,
    drainTimeoutMs: 200,
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
  });
}

async function upload(container: string, name: string, metadata: Record<string, string> = {}): Promise<void> {
  const client = blobs.getContainerClient(container).getBlockBlobClient(name);
  await client.upload("hello", 5, { metadata, blobHTTPHeaders: { blobContentType: "text/plain" } });
}

interface Drop {
  readonly text: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** As it looks when it has been JSON. */
interface Reference {
  readonly content: { readonly data: readonly number[] };
}

async function drops(count: number, of: HostApp = app): Promise<readonly Drop[]> {
  return (await recorded(of.url, "onDrop", count)) as readonly Drop[];
}

/** The webhook of a subscription for `onDrop`. */
async function deliver(events: unknown, functionName = "Host.Functions.onDrop"): Promise<Response> {
  const url = `${app.url}/runtime/webhooks/blobs?functionName=${functionName}&code=any`;
  return fetch(url, { method: "POST", body: JSON.stringify(events) });
}

describe("a blob function", () => {
  it("gets content, placeholders, metadata and properties of a new blob", async () => {
    await upload("drop", "acme/report.final.txt", { TenantId: "T1", other_key: "x" });

    const [drop] = await drops(1);

    expect(drop?.text).toBe("hello");
    expect(drop?.metadata).toMatchObject({
      blobTrigger: "drop/acme/report.final.txt",
      uri: blobs.getContainerClient("drop").getBlobClient("acme/report.final.txt").url,
      owner: "acme",
      name: "report.final",
      ext: "txt",
      metadata: { tenantid: "T1", other_key: "x" },
      properties: {
        contentLength: 5,
        contentType: "text/plain",
        blobType: 0,
        eTag: {},
        contentHash: "XUFAKrxLKna5cZ2REBfFkg==",
      },
    });
  });

  it("gets a reference in place of the content where it asks for one", async () => {
    await upload("references", "a/large.txt");

    const [data] = (await recorded(app.url, "onReference", 1)) as readonly Reference[];

    expect(data).toMatchObject({
      version: "1.0",
      source: "AzureStorageBlobs",
      contentType: "application/json",
    });
    expect(JSON.parse(Buffer.from(data?.content.data ?? []).toString("utf8"))).toEqual({
      Connection: "AzureWebJobsStorage",
      ContainerName: "references",
      BlobName: "a/large.txt",
    });
  });

  it("runs again for a new version, and never twice for one version, not even after a restart", async () => {
    await upload("drop", "acme/twice.txt");
    const before = (await drops(2)).length;
    await upload("drop", "acme/twice.txt");
    await drops(before + 1);

    await app.host.kill();
    app = await startBackground(app.dataDirectory);
    await upload("drop", "acme/after-restart.txt");

    const names = (await drops(1)).map(({ metadata }) => metadata["name"]);
    expect(names).toEqual(["after-restart"]);
  });

  it("is tried five times at once before the message goes to the poison queue", async () => {
    await upload("failing", "bad.bin");

    expect(await recorded(app.url, "onFailing", 5)).toEqual(Array(5).fill("bad.bin"));
    const queue = QueueServiceClient.fromConnectionString(account.connectionString).getQueueClient(
      "webjobs-blobtrigger-poison",
    );
    const text = await firstMessage(queue);
    expect(JSON.parse(text)).toEqual({
      Type: "BlobTrigger",
      FunctionId: "Host.Functions.onFailing",
      BlobType: "BlockBlob",
      ContainerName: "failing",
      BlobName: "bad.bin",
      ETag: expect.stringMatching(/^"0x\w+"$/),
    });
  });

  it("runs again after the process was killed in the middle of it", async () => {
    await upload("slow", "long.bin");
    await recorded(app.url, "onSlow", 1);

    await app.host.kill();
    app = await startBackground(app.dataDirectory);

    expect(await recorded(app.url, "onSlow", 1)).toEqual(["long.bin"]);
  });

  it("is fired by the admin endpoint with the path of a blob", async () => {
    await upload("drop", "acme/by-hand.txt");
    await eventually(async () => (await namesOf(app)).includes("by-hand"));
    const before = (await drops(1)).length;

    const body = JSON.stringify({ input: "drop/acme/by-hand.txt" });
    const response = await fetch(`${app.url}/admin/functions/onDrop`, { method: "POST", body });

    expect(response.status).toBe(202);
    const names = (await drops(before + 1)).map(({ metadata }) => metadata["name"]);
    expect(names.filter((name) => name === "by-hand")).toHaveLength(2);
  });
});

describe("the Event Grid webhook", () => {
  it("answers the handshake of a new subscription", async () => {
    const event = {
      eventType: "Microsoft.EventGrid.SubscriptionValidationEvent",
      data: { validationCode: "512d38b6" },
    };

    const response = await deliver([event]);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ validationResponse: "512d38b6" });
  });

  it("runs the function for every delivery of an event, duplicates included", async () => {
    await upload("drop", "acme/event.txt");
    const client = blobs.getContainerClient("drop").getBlobClient("acme/event.txt");
    await eventually(async () => (await namesOf(app)).includes("event"));
    const { etag = "" } = await client.getProperties();
    const event = { eventType: "Microsoft.Storage.BlobCreated", data: { url: client.url, eTag: etag } };

    const statuses = [(await deliver([event])).status, (await deliver([event, event])).status];

    expect(statuses).toEqual([202, 202]);
    await eventually(async () => (await namesOf(app)).filter((name) => name === "event").length === 4);
  });

  it("drops an event whose blob has changed or is gone, and one that the path does not match", async () => {
    await upload("drop", "acme/stale.txt");
    await eventually(async () => (await namesOf(app)).includes("stale"));

    const response = await deliver(["acme/stale.txt", "acme/gone.txt", "unmatched"].map(staleEvent));
    await upload("drop", "acme/last.txt");
    await eventually(async () => (await namesOf(app)).includes("last"));

    expect(response.status).toBe(202);
    const names = await namesOf(app);
    expect(names.filter((name) => name === "stale")).toHaveLength(1);
    expect(names).not.toContain("gone");
  });

  it.each([
    [[{ eventType: "Microsoft.Storage.BlobCreated", data: {} }], "Host.Functions.onDrop", 202],
    ["no events", "Host.Functions.onDrop", 400],
    [[], "Host.Functions.nobody", 404],
  ])("answers %j for %s by %i", async (events, functionName, status) => {
    expect((await deliver(events, functionName)).status).toBe(status);
  });
});

function staleEvent(name: string): object {
  const { url } = blobs.getContainerClient("drop").getBlobClient(name);
  return { eventType: "Microsoft.Storage.BlobCreated", data: { url, eTag: "0xOLD" } };
}

async function namesOf(of: HostApp): Promise<readonly unknown[]> {
  return (await drops(0, of)).map(({ metadata }) => metadata["name"]);
}

async function firstMessage(queue: ReturnType<QueueServiceClient["getQueueClient"]>): Promise<string> {
  let text = "";
  await eventually(async () => {
    const received = await queue.receiveMessages().catch(() => undefined);
    text = received?.receivedMessageItems[0]?.messageText ?? "";
    return text !== "";
  });
  return Buffer.from(text, "base64").toString("utf8");
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
