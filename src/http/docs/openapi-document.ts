import type { createDocument, ZodOpenApiPathsObject } from "zod-openapi";
import type { Route } from "../route.ts";
import { operationOf } from "./operation.ts";
import { problemResponses } from "./problem-responses.ts";
import { securitySchemes, type SignInOptions } from "./security-schemes.ts";

export type OpenApiDocument = ReturnType<typeof createDocument>;

export interface OpenApiOptions {
  readonly version: string;
  readonly signIn: SignInOptions;
}

const DESCRIPTION = `Clone voices with provable consent and speak with them, inside your own Azure tenant.

Every refusal is a problem document (RFC 9457) with a stable \`code\` and concrete \`recovery\` steps; \`type\` leads to its
explanation. Lists take \`limit\` and \`cursor\`. \`RateLimit-Policy\` and \`RateLimit\` tell your budget.`;

/** The description of the API, OpenAPI 3.1, made from the routes themselves. */
export async function makeOpenApiDocument(
  routes: readonly Route[],
  { version, signIn }: OpenApiOptions,
): Promise<OpenApiDocument> {
  const library = await import("zod-openapi");
  return library.createDocument({
    openapi: "3.1.1",
    info: {
      title: "Azure Voice Cloning API",
      version,
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map(({ spec }) => spec.tag))].toSorted().map((name) => ({ name })),
    paths: pathsOf(routes),
    components: { securitySchemes: securitySchemes(signIn), responses: problemResponses() },
  });
}

function pathsOf(routes: readonly Route[]): ZodOpenApiPathsObject {
  const paths: Record<string, ZodOpenApiPathsObject[`/${string}`]> = {};
  const sorted = routes.toSorted((a, b) => (a.spec.path < b.spec.path ? -1 : 1));
  for (const { spec } of sorted) {
    if (spec.method !== "ANY") {
      paths[spec.path] = { ...paths[spec.path], [spec.method.toLowerCase()]: operationOf(spec) };
    }
  }
  return paths;
}
