import { describe, expect, inject, it } from "vitest";
import { apiClient, clientWith } from "../../support/api-client.ts";
import { sendRaw } from "../../support/raw-http.ts";
import { until } from "../../support/until.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const anyone = clientWith(stack.baseUrl, {});
const SPEAK = "/api/v1/synthesis/speak";

/** An expression that backtracks over such a text takes minutes and more; a busy machine takes seconds at most. */
const HANGING_MS = 20_000;

const ALLOWED_ORIGIN = "http://localhost:3000";

describe("an answer", () => {
  it.each(["/health", "/api/v1/voices", "/nowhere", "/docs", "/openapi.json"])(
    "from %s carries the security headers",
    async (path) => {
      const response = await anyone.get(path);
      await response.body?.cancel();

      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "strict-transport-security": expect.stringContaining("max-age="),
        "x-request-id": expect.stringMatching(/^req_/),
      });
      expect(response.headers.get("x-powered-by")).toBeNull();
      expect(response.headers.get("server")).toBeNull();
    },
  );
});

describe("another origin", () => {
  it("that is allowed may read answers and send the headers that the API knows", async () => {
    const preflight = await anyone.send(SPEAK, {
      method: "OPTIONS",
      headers: { origin: ALLOWED_ORIGIN, "access-control-request-method": "POST" },
    });
    const answer = await anyone.send("/health", { headers: { origin: ALLOWED_ORIGIN } });
    await answer.body?.cancel();

    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(ALLOWED_ORIGIN);
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(answer.headers.get("access-control-allow-origin")).toBe(ALLOWED_ORIGIN);
    expect(answer.headers.get("vary")).toContain("origin");
  });

  it.each(["http://evil.example", "null", "http://localhost:3000.evil.example"])(
    "%s gets no permission to read",
    async (origin) => {
      const response = await anyone.send("/health", { headers: { origin } });
      await response.body?.cancel();

      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  it("is never allowed to use cookies", async () => {
    const response = await anyone.send("/health", { headers: { origin: ALLOWED_ORIGIN } });
    await response.body?.cancel();

    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
  });
});

describe("a probe by HEAD", () => {
  it.each(["/health", "/ready"])("of %s gets what GET answers, without its body", async (path) => {
    // A dependency that takes long to answer counts as down.
    const got = await until(
      () => anyone.get(path),
      ({ status }) => status === 200,
    );
    const head = await until(
      () => anyone.send(path, { method: "HEAD" }),
      ({ status }) => status === 200,
    );

    expect([head.status, head.headers.get("content-type")]).toEqual([200, got.headers.get("content-type")]);
    expect((await got.text()).length).toBeGreaterThan(0);
    expect(await head.text()).toBe("");
  });
});

describe("an address that nobody serves", () => {
  it("is a problem document with 404, or 405 and Allow", async () => {
    const nowhere = await anyone.get("/nowhere");
    const wrongMethod = await anyone.send("/health", { method: "DELETE" });

    expect([nowhere.status, nowhere.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect(await nowhere.json()).toMatchObject({ code: "route-not-found" });
    expect(wrongMethod.status).toBe(405);
    expect(wrongMethod.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    await wrongMethod.body?.cancel();
  });

  it.each([
    "/api/v1/voices/..%2f..%2fetc%2fpasswd",
    `/api/v1/voices/${"a".repeat(1_000)}`,
    "/api/v1/voices/a%3fb%23c",
    "/api/v1/voices/%F0%9F%98%80",
    "/api/v1/voices/'%20OR%201=1",
    "/docs/..%2fpackage.json",
    "/docs/%2e%2e%2fpackage.json",
    "/docs/....//package.json",
    "/docs/..%5cpackage.json",
    "/docs/swagger-ui-bundle.js%00.css",
  ])("is what %s is: no path leads out", async (path) => {
    const api = await apiClient(stack);

    const response = await api.get(path);
    const text = await response.text();

    expect([400, 404, 422]).toContain(response.status);
    expect(text).not.toMatch(/root:|azure-voice-cloning-api/);
  });
});

describe("a request id", () => {
  it.each(["a\tb", "short", "x".repeat(200), "id;drop", "<script>alert(1)</script>"])(
    "that could harm is replaced: %o",
    async (id) => {
      const response = await anyone.send("/health", { headers: { "x-request-id": id } });
      await response.body?.cancel();

      expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    },
  );

  it("with a line break cannot split the answer", async () => {
    const answer = await sendRaw(
      stack.baseUrl,
      "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: abcdefgh%0d%0aX-Injected: yes\r\nConnection: close\r\n\r\n",
    );

    expect(answer).not.toMatch(/^x-injected/im);
  });
});

describe("a request that is too much", () => {
  it("by its headers is refused before the app sees it", async () => {
    const answer = await sendRaw(
      stack.baseUrl,
      `GET /health HTTP/1.1\r\nHost: localhost\r\nX-Big: ${"a".repeat(70_000)}\r\nConnection: close\r\n\r\n`,
    );

    expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
  });

  it("by its declared body is refused with 413 before a token is asked for", async () => {
    const answer = await sendRaw(
      stack.baseUrl,
      `POST ${SPEAK} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
        "Content-Length: 99999999999\r\nConnection: close\r\n\r\n",
    );

    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });

  it("by a body that grows and grows is refused with 413", async () => {
    const api = await apiClient(stack);
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(0x20)),
    });

    const outcome = await api
      .send(SPEAK, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: endless,
        duplex: "half",
      })
      .then(({ status }) => status, String);

    expect(String(outcome)).toMatch(/413|fetch failed/);
    const after = await anyone.get("/health");
    await after.body?.cancel();
    expect(after.status).toBe(200);
  });
});

describe("a JSON body", () => {
  it.each([
    '{"__proto__":{"isAdmin":true},"text":"x"}',
    '{"constructor":{"prototype":{"isAdmin":true}},"text":"x"}',
    '{"text":"x","__proto__":null}',
  ])("that tries to change prototypes changes nothing: %s", async (body) => {
    const api = await apiClient(stack);

    const response = await api.send(SPEAK, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const text = await response.text();

    expect(response.status).toBe(422);
    expect(text).not.toContain('isAdmin":true');
  });

  it.each(["", "{", "nul", '{"text":', "[1,2", '{"text":"\\ud8"}', "\ufeff{}x"])(
    "that is none is refused with 400 or 422: %o",
    async (body) => {
      const api = await apiClient(stack);

      const response = await api.send(SPEAK, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });

      expect([400, 422]).toContain(response.status);
      expect(await response.json()).toMatchObject({ recovery: expect.any(Array) });
    },
  );

  it("nested beyond measure is refused instead of hanging", { timeout: HANGING_MS }, async () => {
    const api = await apiClient(stack);

    const response = await api.send(SPEAK, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"text":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
    });
    await response.body?.cancel();

    expect([400, 422]).toContain(response.status);
  });
});

describe("text that is meant to hang a regular expression", () => {
  it.each([
    ["locale", { locale: `en-${"a1".repeat(30_000)}!` }],
    ["rate", { rate: `${"0".repeat(60_000)}!` }],
    ["pitch", { pitch: `+${"1".repeat(60_000)}` }],
    ["format", { format: "audio-".repeat(10) }],
    ["voice", { voice: `en-US-${"-a".repeat(90)}!` }],
  ])("in %s is refused instead of hanging", { timeout: HANGING_MS }, async (_field, fields) => {
    const api = await apiClient(stack);

    const response = await api.postJson(SPEAK, { text: "x", ...fields });
    await response.body?.cancel();

    expect([400, 404, 422]).toContain(response.status);
  });
});

describe("a problem document", () => {
  it("never shows a stack, a path of the machine or the text that was to be spoken", async () => {
    const api = await apiClient(stack);

    const response = await api.postJson(SPEAK, { text: "the-secret-sentence", voice: "no-such-voice" });
    const text = await response.text();

    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(/the-secret-sentence|node_modules|\.ts:\d+|\bat \w+ \(/);
  });
});
