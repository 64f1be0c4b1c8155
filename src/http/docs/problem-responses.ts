import { z } from "zod";
import type { ZodOpenApiResponseObject } from "zod-openapi";
import { type ErrorCode, errorCatalog, isErrorCode } from "../../domain/errors/catalog.ts";
import type { RouteSpec } from "../route.ts";

/** @see RFC 9457 */
export const problemSchema = z
  .object({
    type: z.url().describe("Page that explains the code"),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What is wrong with this request"),
    instance: z.string().describe("Path of the request"),
    code: z.string().describe("Stable name of the failure, for programs"),
    requestId: z.string().describe("Quote it when you report the failure"),
    recovery: z.array(z.string()).describe("Concrete next steps for a person"),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe("One entry per wrong field"),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    retryAfterSeconds: z.number().optional(),
    stack: z.string().optional().describe("Outside production, where the operator asks for it"),
  })
  .meta({ id: "Problem" });

/** Which refusals a route can answer with, besides its own. */
export function problemStatusesOf(spec: RouteSpec): readonly number[] {
  const isProtected = spec.permission !== "public";
  const statuses: readonly (readonly [number, boolean])[] = [
    [400, true],
    [401, isProtected],
    [403, isProtected],
    [404, isProtected || spec.path.includes("{")],
    [408, spec.body !== undefined],
    [409, isProtected && spec.method !== "GET"],
    [412, spec.method === "PUT" || spec.method === "DELETE"],
    [413, spec.body !== undefined],
    [415, spec.body !== undefined],
    [421, true],
    [422, isProtected],
    [429, spec.limitClass !== "unlimited"],
    [500, true],
    [501, isProtected],
    [502, isProtected],
    [503, isProtected],
  ];
  return statuses.filter(([, applies]) => applies).map(([status]) => status);
}

/** A reusable answer per status of the catalog, with an example for every code. */
export function problemResponses(): Record<string, ZodOpenApiResponseObject> {
  const codes = Object.keys(errorCatalog).filter(isErrorCode);
  const statuses = [...new Set(codes.map((code) => errorCatalog[code].status))].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => errorCatalog[code].status === status);
      return [problemName(status), problemResponse(ofStatus)];
    }),
  );
}

export function problemName(status: number): string {
  return `Problem${status}`;
}

function problemResponse(codes: readonly ErrorCode[]): ZodOpenApiResponseObject {
  return {
    description: codes.map((code) => errorCatalog[code].title).join("; "),
    content: {
      "application/problem+json": {
        schema: problemSchema,
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

function exampleOf(code: ErrorCode): z.output<typeof problemSchema> {
  const { status, title, recovery, retryable } = errorCatalog[code];
  return {
    type: `https://voice.example.com/docs/errors#${code}`,
    title,
    status,
    detail: `${title}.`,
    instance: "/api/v1/voices",
    code,
    requestId: "req_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
    recovery: [...recovery],
    ...(retryable && { retryAfterSeconds: 5 }),
  };
}
