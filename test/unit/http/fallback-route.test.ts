import { describe, expect, it } from "vitest";
import { fallbackRoute } from "../../../src/http/fallback-route.ts";
import { noContent } from "../../../src/http/responses.ts";
import { type Method, route } from "../../../src/http/route.ts";
import type { Call } from "../../../src/http/call.ts";
import { ANONYMOUS } from "../../../src/domain/access/principal.ts";
import { recordingLogger } from "../../support/recording-logger.ts";

function voices(method: Method, action = "") {
  const spec = {
    operationId: `voices${method}`,
    method,
    path: `/api/v1/voices/{voiceId}${action}`,
    tag: "Voices",
    summary: "",
    permission: "public",
    responses: {},
  } as const;
  return route(spec, async () => noContent());
}

const fallback = fallbackRoute([voices("GET"), voices("DELETE")], ["https://app.example.com"]);

const nested = fallbackRoute([voices("POST", "/suspend")], []);

function call(method: string, path: string, headers: Record<string, string> = {}): Call {
  const request = new Request(`http://localhost${path}`, { method, headers });
  return {
    requestId: "request-1",
    traceparent: "",
    principal: ANONYMOUS,
    signal: request.signal,
    logger: recordingLogger(),
    request,
    url: new URL(request.url),
  };
}

describe("the route that takes everything else", () => {
  it("answers an unknown path with route-not-found", async () => {
    await expect(fallback.handle(call("GET", "/nowhere"))).rejects.toMatchObject({ code: "route-not-found" });
  });

  it("answers a path whose id is empty with route-not-found", async () => {
    await expect(nested.handle(call("POST", "/api/v1/voices//suspend"))).rejects.toMatchObject({
      code: "route-not-found",
    });
  });

  it("answers a known path with another method with method-not-allowed and the methods that are", async () => {
    await expect(fallback.handle(call("POST", "/api/v1/voices/v1"))).rejects.toMatchObject({
      code: "method-not-allowed",
      headers: { allow: "GET, DELETE, OPTIONS" },
    });
  });

  it("names HEAD where a route takes it", async () => {
    const probed = route({ ...voices("GET").spec, takesHead: true }, async () => noContent());

    await expect(fallbackRoute([probed], []).handle(call("POST", "/api/v1/voices/v1"))).rejects.toMatchObject(
      {
        headers: { allow: "GET, HEAD, OPTIONS" },
      },
    );
  });

  it("allows an origin of the list to preflight", async () => {
    const response = await fallback.handle(
      call("OPTIONS", "/api/v1/voices/v1/", { origin: "https://app.example.com" }),
    );

    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-methods")).toBe("GET, DELETE");
  });

  it("answers a foreign origin's preflight without CORS headers", async () => {
    const response = await fallback.handle(
      call("OPTIONS", "/api/v1/voices/v1", { origin: "https://evil.example.com" }),
    );

    expect(response.headers.has("access-control-allow-origin")).toBe(false);
    expect(response.headers.has("access-control-allow-methods")).toBe(false);
  });
});
