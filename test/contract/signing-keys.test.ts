import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SigningKeys } from "../../local/entra/signing-keys.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "signing-keys-"));
});

afterAll(() => rm(folder, { recursive: true }));

describe("the keys that a token of the local stack is signed with", () => {
  it("are not made where no stack has run, because no stack would take the token", async () => {
    await expect(SigningKeys.openExisting(folder)).rejects.toThrow(`No stack has run on ${folder}`);
    expect(await readdir(folder)).toEqual([]);
  });

  it("are those of the stack that has run there", async () => {
    const ofStack = await SigningKeys.open(folder);

    const ofToken = await SigningKeys.openExisting(folder);

    expect(ofToken.publicKeys()).toEqual(ofStack.publicKeys());
  });
});
