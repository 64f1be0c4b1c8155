import * as fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { describedRoutes } from "../../../scripts/described-routes.ts";
import type { RouteSpec } from "../../../src/http/route.ts";
import { apiClient } from "../../support/api-client.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const RUNS_PER_OPERATION = 25;
const DEADLINE_MS = 10_000;

/** Texts that have broken parsers before, beside random ones. */
const nastyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "\0",
    "null",
    "-1",
    "1e999",
    "../..",
    "%00",
    "'",
    '"',
    "<x>",
    "{}",
    "\u202e",
    "😀",
    "a".repeat(3_000),
  ),
);
const nastyValue = fc.oneof(nastyText, fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.bigInt().map(Number));

function fieldNames(schema: unknown): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function fields(schema: unknown, value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const known = fieldNames(schema);
  const name =
    known.length === 0 ? nastyText : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, nastyText);
  return fc.dictionary(name, value, { maxKeys: 6 });
}

/** A request that fits the route's path and little else. */
function requests(spec: RouteSpec): fc.Arbitrary<{ readonly path: string; readonly init: RequestInit }> {
  return fc
    .record({
      ids: fc.array(nastyText, { minLength: 3, maxLength: 3 }),
      query: queries(spec),
      body: bodies(spec),
    })
    .map(({ ids, query, body }) => {
      let next = 0;
      const pathname = spec.path.replaceAll(/\{[^}]+\}/g, () => encodeURIComponent(ids[next++] || "x"));
      const search = new URLSearchParams(
        Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
      );
      return { path: `${pathname}?${search.toString()}`, init: { method: spec.method, ...body } };
    });
}

/** Mostly parameters that the route knows: another one is refused before anything is looked at. */
function queries({ querySchema }: RouteSpec): fc.Arbitrary<Record<string, unknown>> {
  const names = fieldNames(querySchema);
  const known =
    names.length === 0
      ? fc.constant({})
      : fc.dictionary(fc.constantFrom(...names), nastyText, { maxKeys: 6 });
  return fc.oneof({ weight: 9, arbitrary: known }, fc.dictionary(nastyText, nastyText, { maxKeys: 3 }));
}

function bodies(spec: RouteSpec): fc.Arbitrary<RequestInit> {
  if (spec.body === undefined) {
    return fc.constant({});
  }
  const json = fc
    .oneof(
      fields(spec.body.schema, nastyValue).map((value) => JSON.stringify(value)),
      nastyText,
    )
    .map((body) => ({ body, headers: { "content-type": "application/json" } }));
  const form = fields(spec.body.schema, nastyText).map((values) => ({ body: formOf(values) }));
  return spec.body.mediaTypes.includes("multipart/form-data") ? fc.oneof(json, form) : json;
}

function formOf(values: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) {
    form.append(name, String(value));
    form.append(name, new File([String(value)], "a.wav"));
  }
  return form;
}

/** A dependency that takes long to answer counts as down. */
function mayBeUnready({ path }: RouteSpec, status: number): boolean {
  return path === "/ready" && status === 503;
}

const specs = describedRoutes()
  .map(({ spec }) => spec)
  .filter(({ method }) => method !== "ANY");

describe("whatever is sent to the API", () => {
  it.each(specs)(
    "$operationId answers in time, without a failure of its own, and refuses by problem document",
    async (spec) => {
      const api = await apiClient({ ...stack, roles: ["Voice.Admin"] });
      await fc.assert(
        fc.asyncProperty(requests(spec), async ({ path, init }) => {
          const response = await api.send(path, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) });
          const text = await response.text();
          expect({ status: response.status, text: text.slice(0, 500) }).toSatisfy(
            ({ status }: { readonly status: number }) => status < 500 || mayBeUnready(spec, status),
          );
          expect([
            response.status < 400 || mayBeUnready(spec, response.status),
            response.headers.get("content-type"),
          ]).toSatisfy(
            ([isGood, contentType]: readonly unknown[]) =>
              isGood === true || contentType === "application/problem+json",
          );
        }),
        { numRuns: RUNS_PER_OPERATION },
      );
    },
  );
});
