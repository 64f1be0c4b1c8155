import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleApp } from "../../support/host-app.ts";

let app: Awaited<ReturnType<typeof sampleApp>>;

beforeAll(async () => {
  app = await sampleApp("buffered");
});

afterAll(() => app.close());

function api(path: string): string {
  return `${app.url}/api/${path}`;
}

describe("an app that does not stream", () => {
  it("gets route parameters decoded and repeated query keys joined", async () => {
    const response = await fetch(api("echo/42/b%20b?tag=1&tag=2"), { headers: { "X-Header": "y" } });

    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      url: api("echo/42/b%20b?tag=1&tag=2"),
      params: { id: "42", name: "b b" },
      tags: ["1,2"],
      header: "y",
    });
  });

  it("keeps members of the body out of its parameters", async () => {
    const response = await fetch(api("echo/42?x=1"), { method: "POST", body: '{"top":"T"}' });

    expect(await response.json()).toMatchObject({ params: { id: "42" }, body: '{"top":"T"}' });
  });

  it("writes cookies as ASP.NET does", async () => {
    const response = await fetch(api("echo/1"));

    expect(response.headers.getSetCookie()).toEqual([
      "c=v%201; max-age=60; path=/; samesite=none; httponly",
      "d=2; path=/",
    ]);
  });

  it("passes bytes through unharmed", async () => {
    const body = Uint8Array.from({ length: 256 }, (_, index) => index);

    const response = await fetch(api("bytes"), { method: "POST", body });

    expect(new Uint8Array(await response.arrayBuffer())).toEqual(body.toReversed());
  });

  it("has no body when the upload is chunked", async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("abc"));
        controller.close();
      },
    });

    const response = await fetch(api("echo/1"), { method: "POST", body, duplex: "half" });

    expect(await response.json()).toMatchObject({ body: "" });
  });

  it.each([
    ["throws", 500],
    ["nothing", 204],
    ["notModified", 304],
    ["echo/text", 404],
  ])("answers %s with %i and an empty body", async (path, status) => {
    const response = await fetch(api(path));

    expect([response.status, await response.text()]).toEqual([status, ""]);
  });
});
