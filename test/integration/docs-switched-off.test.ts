import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { errorCatalog } from "../../src/domain/errors/catalog.ts";
import { clientWith } from "../support/api-client.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack({ settings: { DOCS_ENABLED: "false" } });
});

afterAll(() => stack.close());

describe("an app whose documentation is switched off", () => {
  it.each(["/docs", "/redoc", "/openapi.json", "/docs/docs.js"])("does not serve %s", async (path) => {
    expect((await fetch(`${stack.url}${path}`)).status).toBe(404);
  });

  it("still explains every error where the type of a problem leads", async () => {
    const problem: unknown = await (await clientWith(stack.url, {}).get("/api/v1/voices")).json();
    const { type, code } = z.object({ type: z.url(), code: z.string() }).parse(problem);

    const page = await fetch(type);
    const text = await page.text();

    expect([page.status, new URL(type).hash]).toEqual([200, `#${code}`]);
    expect(Object.keys(errorCatalog).filter((known) => !text.includes(`id="${known}"`))).toEqual([]);
  });
});
