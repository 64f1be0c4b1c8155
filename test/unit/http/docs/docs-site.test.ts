import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { errorCatalog } from "../../../../src/domain/errors/catalog.ts";
import { docsRoutes } from "../../../../src/http/docs/docs-routes.ts";
import { DocsSite } from "../../../../src/http/docs/docs-site.ts";
import { sampleRoutes } from "../../../support/sample-routes.ts";

function site(): DocsSite {
  return new DocsSite({
    routes: () => sampleRoutes,
    assets: { read: async (name) => new TextEncoder().encode(`content of ${name}`) },
    options: {
      version: "1.2.3",
      clientId: "client",
      signIn: {
        authority: "https://login.example.com/",
        tenantId: "tenant",
        scope: "api://voice/access_as_user",
      },
    },
  });
}

async function get(url: string, headers: Readonly<Record<string, string>> = {}, of = site()) {
  const file = await of.file(url.split("?", 1)[0] ?? "");
  const response = await file?.respond(new Request(`http://localhost/docs/${url}`, { headers }));
  return response ?? new Response(null, { status: 404 });
}

describe("a documentation page", () => {
  it.each(["docs", "redoc", "errors"])(
    "%s loads nothing from elsewhere and has no inline script",
    async (name) => {
      const response = await get(name);
      const page = await response.text();

      expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect(page).not.toMatch(/<script(?![^>]*src=)/);
      expect(response.headers.get("content-security-policy")).toContain(
        "default-src 'none'; script-src 'self';",
      );
    },
  );

  it("may talk to Entra ID and to nobody else", async () => {
    const response = await get("docs");

    expect(response.headers.get("content-security-policy")).toContain(
      "connect-src 'self' https://login.example.com;",
    );
  });

  it("explains every error code under its anchor", async () => {
    const page = await (await get("errors")).text();

    expect(Object.keys(errorCatalog).filter((code) => !page.includes(`<section id="${code}">`))).toEqual([]);
  });

  it("signs people in with PKCE", async () => {
    const script = await (await get("docs.js")).text();

    expect(script).toContain('"usePkceWithAuthorizationCodeGrant":true');
    expect(script).toContain('"clientId":"client"');
  });
});

describe("a documentation file", () => {
  it("is sent compressed to those who can read that", async () => {
    const brotli = await get("swagger-ui.css", { "accept-encoding": "gzip, deflate, br" });
    const gzip = await get("swagger-ui.css", { "accept-encoding": "gzip;q=1.0, br;q=0" });

    expect(brotliDecompressSync(await brotli.bytes()).toString()).toBe("content of swagger-ui.css");
    expect(gunzipSync(await gzip.bytes()).toString()).toBe("content of swagger-ui.css");
    expect([brotli.headers.get("content-encoding"), gzip.headers.get("content-encoding")]).toEqual([
      "br",
      "gzip",
    ]);
  });

  it("is not sent again to those who have it", async () => {
    const of = site();
    const first = await get("docs.js", {}, of);

    const second = await get("docs.js", { "if-none-match": first.headers.get("etag") ?? "" }, of);

    expect([second.status, await second.text()]).toEqual([304, ""]);
  });

  it("is kept for ever under its version and asked for anew without", async () => {
    const page = await (await get("docs")).text();
    const version = /docs\.js(\?v=[\w-]+)/.exec(page)?.[1] ?? "";

    const versioned = await get(`docs.js${version}`);
    const outdated = await get("docs.js?v=old");

    expect(versioned.headers.get("cache-control")).toContain("immutable");
    expect(outdated.headers.get("cache-control")).toBe("no-cache");
  });

  it.each(["constructor", "__proto__", "../package.json", "swagger-ui-bundle.js.map", ""])(
    "named %o does not exist",
    async (name) => {
      expect(site().file(name)).toBeUndefined();
    },
  );
});

describe("the routes of the documentation", () => {
  it("are public", () => {
    expect(docsRoutes(site()).map(({ spec }) => spec.permission)).toEqual([
      "public",
      "public",
      "public",
      "public",
    ]);
  });
});
