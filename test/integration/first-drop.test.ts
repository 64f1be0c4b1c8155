import { afterAll, beforeAll, expect, it } from "vitest";
import { DropFolder } from "../../local/drop-folder.ts";
import { objectIdOf } from "../../local/entra/registration.ts";
import { localToken } from "../support/api-client.ts";
import { BATCH_VOICE } from "../support/batch-api.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";

const NAME = "newcomer";

/** A stack of its own: in others something has been stored. */
let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
});

afterAll(() => stack.close());

it("The first thing that somebody does with a new stack may be to drop a file", async () => {
  const subject = { kind: "user", name: NAME } as const;
  const folder = new DropFolder({
    apiUrl: stack.url,
    blobsUrl: stack.parts["Blobs"] ?? "",
    token: await localToken(stack.dataDirectory, { subject, roles: ["Voice.User"] }),
    ownerId: objectIdOf(NAME),
  });

  const batch = await folder.drop("prompts.csv", Buffer.from(`id,text,voice\nhello,Hello.,${BATCH_VOICE}\n`));

  expect(batch.status).toBe("completed");
});
