import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Call } from "../../../src/http/call.ts";
import { oneOrMany } from "../../../src/http/form-fields.ts";
import { jsonResponse } from "../../../src/http/responses.ts";
import { type BodySpec, route } from "../../../src/http/route.ts";
import { principalWith } from "../../support/principals.ts";
import { recordingLogger } from "../../support/recording-logger.ts";

function call(request: Request): Call {
  return {
    requestId: "request-1",
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    principal: principalWith(["Voice.Admin"]),
    signal: request.signal,
    logger: recordingLogger(),
    request,
    url: new URL(request.url),
  };
}

function echo<B>(body: BodySpec<B>) {
  return route(
    {
      operationId: "echo",
      method: "POST",
      path: "/echo/{id}",
      tag: "Test",
      summary: "Echo",
      permission: "public",
      pathSchema: z.object({ id: z.string() }),
      querySchema: z.object({ limit: z.coerce.number().max(10).optional() }),
      body,
      responses: {},
    },
    async ({ path, query, body: value }) => jsonResponse(200, { path, query, value }),
  );
}

const pageSpec = {
  operationId: "getPage",
  method: "GET",
  path: "/page",
  tag: "Test",
  summary: "A page",
  permission: "public",
  responses: {},
} as const;

const json = echo({
  schema: z.object({ text: z.string() }),
  mediaTypes: ["application/json"],
  maxBytes: 1000,
});
const form = echo({
  schema: z.object({ name: z.string(), files: oneOrMany(z.file(), { min: 1, max: 3 }) }),
  mediaTypes: ["multipart/form-data"],
  maxBytes: 10_000,
});

function post(
  body: string | Uint8Array<ArrayBuffer> | FormData,
  headers: Record<string, string> = {},
  query = "",
): Call {
  return call(new Request(`http://localhost/echo/a%20b${query}`, { method: "POST", headers, body }));
}

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

describe("a route", () => {
  it("hands decoded path, query and body to its handler", async () => {
    const response = await json.handle(post('{"text":"hé"}', JSON_TYPE, "?limit=3"));

    expect(await response.json()).toEqual({
      path: { id: "a b" },
      query: { limit: 3 },
      value: { text: "hé" },
    });
  });

  it("takes the percent-escapes of a path apart without failing on broken ones", async () => {
    const request = new Request("http://localhost/echo/%E0%A4%A", {
      method: "POST",
      headers: JSON_TYPE,
      body: "{}",
    });

    await expect(json.handle(call(request))).rejects.toMatchObject({ code: "route-not-found" });
  });

  it("names each field that is not valid", async () => {
    const attempt = json.handle(post('{"text":5}', JSON_TYPE));

    await expect(attempt).rejects.toMatchObject({
      code: "request-invalid",
      errors: [{ field: "text", message: expect.stringContaining("string") }],
    });
  });

  it("refuses a query parameter that it does not know, and names it and those that it does", async () => {
    const attempt = json.handle(post('{"text":"a"}', JSON_TYPE, "?limit=3&txt=foo"));

    await expect(attempt).rejects.toMatchObject({
      code: "query-parameter-unknown",
      message: expect.stringMatching(/"txt".*limit/),
      errors: [{ field: "txt" }],
    });
  });

  it("lets a page be asked with any parameter", async () => {
    const page = route({ ...pageSpec, ignoresUnknownQuery: true }, async () => jsonResponse(200, {}));
    const request = new Request("http://localhost/page?utm_source=mail&code=1");

    await expect(page.handle(call(request))).resolves.toMatchObject({ status: 200 });
    await expect(
      route(pageSpec, async () => jsonResponse(200, {})).handle(call(request)),
    ).rejects.toMatchObject({
      code: "query-parameter-unknown",
      message: expect.stringContaining("takes none"),
    });
  });

  it("refuses JSON that is not well-formed, and bytes that are no UTF-8", async () => {
    await expect(json.handle(post("{", JSON_TYPE))).rejects.toMatchObject({ code: "request-malformed" });
    await expect(json.handle(post(new Uint8Array([0xff, 0xfe]), JSON_TYPE))).rejects.toMatchObject({
      code: "request-malformed",
    });
  });

  it("refuses a media type that it does not read", async () => {
    const attempt = json.handle(post("<x/>", { "content-type": "application/xml" }));

    await expect(attempt).rejects.toMatchObject({ code: "media-type-unsupported" });
  });

  it("stops reading a body without a declared length when it passes the limit", async () => {
    let chunksRead = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunksRead += 1;
        controller.enqueue(new Uint8Array(100));
      },
    });
    const request = new Request("http://localhost/echo/1", {
      method: "POST",
      headers: JSON_TYPE,
      body: endless,
      duplex: "half",
    });

    await expect(json.handle(call(request))).rejects.toMatchObject({ code: "request-too-large" });
    expect(chunksRead).toBeLessThan(20);
  });

  it("reads one file and several files of a form as a list", async () => {
    const body = new FormData();
    body.set("name", "Ann");
    body.append("files", new File(["abc"], "a.wav", { type: "audio/wav" }));

    const response = await form.handle(post(body));

    expect(await response.json()).toMatchObject({ value: { name: "Ann", files: [expect.anything()] } });
  });

  it("refuses a form without its boundary, cut off, or over the limit", async () => {
    const boundary = { "content-type": "multipart/form-data; boundary=x" };

    await expect(form.handle(post("abc", { "content-type": "multipart/form-data" }))).rejects.toMatchObject({
      code: "request-malformed",
    });
    await expect(
      form.handle(post('--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nAn', boundary)),
    ).rejects.toMatchObject({
      code: "request-malformed",
    });
    const large = `--x\r\nContent-Disposition: form-data; name="files"; filename="a.wav"\r\n\r\n${"a".repeat(20_000)}\r\n--x--`;
    await expect(form.handle(post(large, boundary))).rejects.toMatchObject({ code: "request-too-large" });
  });

  it("answers any JSON value with the handler's answer or a named refusal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const outcome = await json.handle(post(text, JSON_TYPE)).then(
          (response) => response.status,
          (error: unknown) => (error as { code: string }).code,
        );

        expect([200, "request-invalid", "request-too-large"]).toContain(outcome);
      }),
      { numRuns: 50 },
    );
  });
});
