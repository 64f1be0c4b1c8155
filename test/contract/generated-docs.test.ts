import { readFile } from "node:fs/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { z } from "zod";
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

const EXEMPLARY = new Set(["application/json", "multipart/form-data"]);
const bodyShape = z.object({ content: z.record(z.string(), z.object({ example: z.unknown() })) });
const described = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ requestBody: bodyShape.optional() }))),
});

const forms = describedRoutes().flatMap(({ spec: { operationId, body } }) =>
  body?.mediaTypes.includes("multipart/form-data") === true
    ? [{ operationId, schema: body.schema, example: exampleFor(operationId).form }]
    : [],
);

/** What a route reads of a form that is sent as its example says. */
function readForm(example: unknown): unknown {
  if (typeof example === "string") {
    return example.startsWith("@") ? new File(["bytes"], example.slice(1)) : example;
  }
  if (Array.isArray(example)) {
    return example.map(readForm);
  }
  return example;
}

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

  it.each(forms)("has an example that fits for the form of $operationId", ({ schema, example = {} }) => {
    const fields = Object.entries(example).map(([name, value]) => [name, readForm(value)]);

    expect(fields).not.toEqual([]);
    expect(schema.safeParse(Object.fromEntries(fields)).error?.issues).toBeUndefined();
  });

  it("has an example for every JSON body and every form in the description itself", () => {
    const { paths } = described.parse(JSON.parse(docs.get("docs/openapi.json") ?? ""));
    const bare = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { requestBody }]) =>
        Object.entries(requestBody?.content ?? {})
          .filter(([mediaType, { example }]) => EXEMPLARY.has(mediaType) && example === undefined)
          .map(([mediaType]) => `${method} ${path} ${mediaType}`),
      ),
    );

    expect(bare).toEqual([]);
  });
});
