import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { DropFolder } from "./drop-folder.ts";
import { issueAccessToken } from "./entra/access-token.ts";
import { LOCAL_APP_ID_URI, objectIdOf } from "./entra/registration.ts";
import { SigningKeys } from "./entra/signing-keys.ts";
import { readRunningStack } from "./stack/stack-file.ts";
import { dataDirectoryOf } from "./stack/stack-place.ts";

const USAGE = "usage: npm run drop -- file [--user name] [--to folder]";

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
  const folder = await openFolder(values.user);
  const fileName = path.basename(file);
  const content = await readFile(file);
  console.log(`dropped   drop/${objectIdOf(values.user)}/${fileName}`);
  const batch = await folder.drop(fileName, content);
  console.log(`${batch.status.padEnd(9)} results/${objectIdOf(values.user)}/${batch.id}/`);
  for (const result of await folder.bringBack(batch.id, values.to)) {
    console.log(
      result.file === undefined
        ? `${result.status.padEnd(9)} ${result.id}: ${result.message}`
        : `audio     ${result.file}`,
    );
  }
}

async function openFolder(user: string): Promise<DropFolder> {
  const dataDirectory = dataDirectoryOf(process.env);
  const stack = await readRunningStack(dataDirectory);
  if (stack === undefined) {
    throw new Error(`No local stack runs on ${dataDirectory}: npm start, or name its folder in DATA_DIR.`);
  }
  const keys = await SigningKeys.openExisting(dataDirectory);
  const token = await issueAccessToken(
    { keys, audience: process.env["AZURE_AUDIENCE"] ?? LOCAL_APP_ID_URI, now: () => new Date() },
    { subject: { kind: "user", name: user }, roles: ["Voice.User"] },
  );
  return new DropFolder({
    apiUrl: stack.url,
    blobsUrl: stack.parts["Blobs"] ?? "",
    token,
    ownerId: objectIdOf(user),
  });
}
