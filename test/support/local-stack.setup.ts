import type { TestProject } from "vitest/node";
import { type LocalStack, startLocalStack } from "./local-stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the API under test. */
    readonly baseUrl: string;
    /** Base URLs of the stand-ins; empty when the tests run against a deployed app. */
    readonly parts: Readonly<Record<string, string>>;
    readonly dataDirectory: string;
  }
}

/**
 * One stack for all tests of a ring; `BASE_URL` points the acceptance ring at a running app instead, and `STACK_FLAGS`
 * are flags of `npm start`, `STACK_DATABASE_URL` a PostgreSQL server instead of the stand-in for Cosmos DB.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const baseUrl = project.name === "acceptance" ? process.env["BASE_URL"] : undefined;
  const databaseUrl = process.env["STACK_DATABASE_URL"];
  const stack: Pick<LocalStack, "url" | "parts" | "dataDirectory" | "close"> =
    baseUrl === undefined
      ? await startLocalStack({
          flags: (process.env["STACK_FLAGS"] ?? "").split(" ").filter(Boolean),
          settings: databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl },
        })
      : { url: baseUrl, parts: {}, dataDirectory: "", close: async () => undefined };
  project.provide("baseUrl", stack.url);
  project.provide("parts", stack.parts);
  project.provide("dataDirectory", stack.dataDirectory);
  return () => stack.close();
}
