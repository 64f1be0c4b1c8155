import { readFile } from "node:fs/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { describedRoutes } from "../../scripts/described-routes.ts";
import { generatedDocs } from "../../scripts/generated-docs.ts";
import { exampleFor } from "../../src/http/docs/examples/examples.ts";

const docs = await generatedDocs();

const json = describedRoutes().flatMap(({ spec }) => {
  const example = exampleFor(spec.operationId);
  const responses = Object.entries(spec.responses).map(([status, { content }]) => ({
    title: `${spec.operationId} ${status}`,
    schema: content?.["application/json"],
    example: example.responses?.[Number(status)],
  }));
  const isJson = spec.body?.mediaTypes.includes("application/json") === true;
  const request = {
    title: `${spec.operationId} request`,
    schema: spec.body?.schema,
    example: example.request,
  };
  return [...(isJson ? [request] : []), ...responses].filter(({ schema }) => schema !== undefined);
});

describe("the generated documentation", () => {
  it.each([...docs.keys()])("in %s is what the code says; `npm run docs` makes it so", async (file) => {
    await expect(readFile(file, "utf8")).resolves.toBe(docs.get(file));
  });

  it("describes the whole API in valid OpenAPI", async () => {
    const document: unknown = JSON.parse(docs.get("docs/openapi.json") ?? "");

    const result = await new Validator().validate(Object(document));

    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it.each(json)("has an example that fits for $title", ({ schema, example }) => {
    expect(example).toBeDefined();
    expect(schema?.safeParse(example).error?.issues).toBeUndefined();
  });
});
