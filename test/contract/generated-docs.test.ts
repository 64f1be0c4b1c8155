import { readFile } from "node:fs/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { generatedDocs } from "../../scripts/generated-docs.ts";

const docs = await generatedDocs();

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
});
