import { z } from "zod";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type Route, route, type RouteSpec } from "../route.ts";
import type { DocsSite } from "./docs-site.ts";

const html = { "text/html": z.string() };
const openApiJson = { "application/json": z.looseObject({ openapi: z.string() }) };

/** /openapi.json, /docs, /docs/{file} and /redoc. */
export function docsRoutes(site: DocsSite): readonly Route[] {
  return [
    pageRoute(site, "openapi.json", {
      operationId: "getOpenApi",
      path: "/openapi.json",
      summary: "The description of this API, OpenAPI 3.1",
      responses: { 200: { description: "The document", content: openApiJson } },
    }),
    pageRoute(site, "docs", {
      operationId: "getDocs",
      path: "/docs",
      summary: "Swagger UI: read and try the API",
      responses: { 200: { description: "The page", content: html } },
    }),
    pageRoute(site, "redoc", {
      operationId: "getRedoc",
      path: "/redoc",
      summary: "ReDoc: read the API",
      responses: { 200: { description: "The page", content: html } },
    }),
    fileRoute(site),
  ];
}

/** /docs/errors alone, to which the `type` of every problem leads: for where the documentation is switched off. */
export function errorsRoutes(site: DocsSite): readonly Route[] {
  return [
    pageRoute(site, "errors", {
      operationId: "getErrors",
      path: "/docs/errors",
      summary: "What every error code means, and what to do",
      responses: { 200: { description: "The page", content: html } },
    }),
  ];
}

type PageSpec = Pick<RouteSpec, "operationId" | "path" | "summary" | "responses">;

function pageRoute(site: DocsSite, name: string, spec: PageSpec): Route {
  return route(
    { ...spec, method: "GET", tag: "Documentation", permission: "public", ignoresUnknownQuery: true },
    (_input, { request }) => respond(site, name, request),
  );
}

function fileRoute(site: DocsSite): Route {
  return route(
    {
      operationId: "getDocsFile",
      method: "GET",
      path: "/docs/{file}",
      tag: "Documentation",
      summary: "Files of the documentation pages; `errors` explains every error code",
      permission: "public",
      pathSchema: z.object({ file: z.string() }),
      ignoresUnknownQuery: true,
      responses: { 200: { description: "The file", content: { "*/*": z.string() } } },
    },
    ({ path }, { request }) => respond(site, path.file, request),
  );
}

async function respond(site: DocsSite, name: string, request: Request): Promise<Response> {
  const file = await site.file(name);
  if (file === undefined) {
    throw new ServiceError("route-not-found", "The documentation has no such file.");
  }
  return file.respond(request);
}
