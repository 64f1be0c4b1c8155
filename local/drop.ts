import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { z } from "zod";
import { issueAccessToken } from "./entra/access-token.ts";
import { LOCAL_APP_ID_URI, objectIdOf } from "./entra/registration.ts";
import { SigningKeys } from "./entra/signing-keys.ts";
import { readRunningStack, type StackFile } from "./stack/stack-file.ts";
import { LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY } from "./storage/start-storage.ts";

const USAGE = "usage: npm run drop -- file [--user name] [--to folder]";
const DATA_DIRECTORY = process.env["DATA_DIR"] ?? ".local";
const POLL_INTERVAL_MS = 300;
const WAIT_MS = 10 * 60_000;

const batchPage = z.object({
  items: z.array(
    z.object({ id: z.string(), status: z.string(), source: z.string().nullable(), createdAt: z.string() }),
  ),
});
type DroppedBatch = z.output<typeof batchPage>["items"][number];

const itemPage = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      audioUrl: z.string().nullable(),
      error: z.object({ message: z.string() }).nullable(),
    }),
  ),
});

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 1;
}

/** Puts a file into the local drop folder, as a storage browser would, and brings the audio back. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { user: { type: "string", default: "dev" }, to: { type: "string", default: "drop-output" } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined) {
    throw new Error("Name a file.");
  }
  const stack = await readRunningStack(DATA_DIRECTORY);
  if (stack === undefined) {
    throw new Error("The local stack does not run: npm start");
  }
  const droppedAt = new Date();
  const name = `${objectIdOf(values.user)}/${path.basename(file)}`;
  const account = localAccount(stack);
  await account.getContainerClient("drop").createIfNotExists();
  await account
    .getContainerClient("drop")
    .getBlockBlobClient(name)
    .uploadData(await readFile(file));
  console.log(`dropped   drop/${name}`);
  const call = await apiOf(stack, values.user);
  const batch = await endedBatch(call, account, { name, droppedAt });
  console.log(`${batch.status.padEnd(9)} results/${objectIdOf(values.user)}/${batch.id}/`);
  await bringBack(call, batch, values.to);
}

type Call = (route: string) => Promise<unknown>;

async function apiOf(stack: StackFile, user: string): Promise<Call> {
  const keys = await SigningKeys.open(DATA_DIRECTORY);
  const token = await issueAccessToken(
    { keys, audience: process.env["AZURE_AUDIENCE"] ?? LOCAL_APP_ID_URI, now: () => new Date() },
    { subject: { kind: "user", name: user }, roles: ["Voice.User"] },
  );
  return async (route) => {
    const response = await fetch(`${stack.url}/api/v1/synthesis/batch${route}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.json();
  };
}

async function endedBatch(
  call: Call,
  account: BlobServiceClient,
  { name, droppedAt }: { readonly name: string; readonly droppedAt: Date },
): Promise<DroppedBatch> {
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const { items } = batchPage.parse(await call(""));
    const batch = items.find(
      (each) => each.source === path.basename(name) && new Date(each.createdAt) >= droppedAt,
    );
    if (batch !== undefined && !["pending", "running"].includes(batch.status)) {
      return batch;
    }
    const rejected = await rejectionOf(account, { name, droppedAt });
    if (rejected !== undefined) {
      throw new Error(`It was rejected:\n${rejected}`);
    }
    await delay(POLL_INTERVAL_MS);
  }
  throw new Error("It took too long.");
}

/** Reports stand beside the copies in `rejected/`, whose names have a suffix for the version. */
async function rejectionOf(
  account: BlobServiceClient,
  { name, droppedAt }: { readonly name: string; readonly droppedAt: Date },
): Promise<string | undefined> {
  const container = account.getContainerClient("rejected");
  const { dir, name: stem } = path.posix.parse(name);
  for await (const blob of container.listBlobsFlat({ prefix: `${dir}/${stem}.` })) {
    const isNew = blob.properties.lastModified.getTime() >= droppedAt.getTime() - 1_000;
    if (isNew && blob.name.endsWith(".error.json")) {
      return (await container.getBlockBlobClient(blob.name).downloadToBuffer()).toString();
    }
  }
  return undefined;
}

async function bringBack(call: Call, { id }: DroppedBatch, folder: string): Promise<void> {
  const { items } = itemPage.parse(await call(`/${id}/items?limit=100`));
  await mkdir(folder, { recursive: true });
  for (const item of items) {
    if (item.audioUrl === null) {
      console.log(`${item.status.padEnd(9)} ${item.id}: ${item.error?.message ?? ""}`);
      continue;
    }
    const target = path.join(folder, path.basename(new URL(item.audioUrl).pathname));
    await writeFile(target, Buffer.from(await (await fetch(item.audioUrl)).arrayBuffer()));
    console.log(`audio     ${target}`);
  }
}

function localAccount({ parts }: StackFile): BlobServiceClient {
  const credential = new StorageSharedKeyCredential(LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY);
  return new BlobServiceClient(parts["Blobs"] ?? "", credential);
}
