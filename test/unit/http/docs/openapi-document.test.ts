import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { errorCatalog } from "../../../../src/domain/errors/catalog.ts";
import { makeOpenApiDocument } from "../../../../src/http/docs/openapi-document.ts";
import { sampleRoutes } from "../../../support/sample-routes.ts";

const options = {
  version: "1.2.3",
  signIn: { authority: "https://login.example.com", tenantId: "tenant", scope: "api://voice/access_as_user" },
};

describe("the description of the API", () => {
  it("is valid OpenAPI 3.1", async () => {
    const document = await makeOpenApiDocument(sampleRoutes, options);

    const result = await new Validator().validate({ ...document });

    expect(result).toMatchObject({ valid: true });
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it("has every route, with what it needs", async () => {
    const { paths } = await makeOpenApiDocument(sampleRoutes, options);

    expect(paths?.["/api/v1/notes/{noteId}"]?.get).toMatchObject({
      operationId: "getNote",
      description: expect.stringContaining("`Voice.Reader`"),
      parameters: [
        { name: "noteId", in: "path", required: true },
        { name: "limit", in: "query", schema: { default: 20 } },
      ],
    });
  });

  it("asks for a token on every route that is not public", async () => {
    const { paths } = await makeOpenApiDocument(sampleRoutes, options);

    expect(paths?.["/api/v1/notes"]?.post?.security).toEqual([{ entra: [] }, { bearer: [] }]);
  });

  it("names the refusals of every route, with an example for every code", async () => {
    const { paths, components } = await makeOpenApiDocument(sampleRoutes, options);

    const statuses = Object.keys(paths?.["/api/v1/notes"]?.post?.responses ?? {});
    const text = JSON.stringify(components?.responses);

    expect(statuses).toEqual(
      expect.arrayContaining(["201", "401", "403", "413", "415", "422", "429", "503"]),
    );
    expect(Object.keys(errorCatalog).filter((code) => !text.includes(`"${code}":{"value"`))).toEqual([]);
  });

  it("tells where to sign in", async () => {
    const { components } = await makeOpenApiDocument(sampleRoutes, options);

    expect(components?.securitySchemes?.["entra"]).toMatchObject({
      flows: {
        authorizationCode: { tokenUrl: "https://login.example.com/tenant/oauth2/v2.0/token" },
      },
    });
  });
});
