import { beforeAll, describe, expect, it } from "vitest";
import { acceptanceClient } from "../support/acceptance-client.ts";
import type { ApiClient } from "../support/api-client.ts";

let api: ApiClient;

beforeAll(async () => {
  api = await acceptanceClient();
});

interface CatalogPage {
  readonly items: readonly {
    readonly name: string;
    readonly locale: string;
    readonly secondaryLocales: readonly string[];
  }[];
  readonly nextCursor: string | null;
}

async function catalog(query: string): Promise<CatalogPage> {
  return (await (await api.get(`/api/v1/catalog/voices?${query}`)).json()) as CatalogPage;
}

describe("the list of voices", () => {
  it("is a page of one's own voices", async () => {
    const response = await api.get("/api/v1/voices?limit=5");

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ items: expect.any(Array) });
  });

  it.each([
    ["/api/v1/voices?limit=0", 422],
    ["/api/v1/voices/voice_nobody", 404],
  ])("refuses %s with a problem document", async (path, status) => {
    const response = await api.get(path);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code: expect.any(String) });
  });
});

describe("the catalog of prebuilt voices", () => {
  it("is filtered by locale and read page by page", async () => {
    const first = await catalog("locale=en-US&limit=1");
    const second = await catalog(`locale=en-US&limit=1&cursor=${first.nextCursor}`);

    const locales = [first, second].map(({ items: [voice] }) => [
      voice?.locale,
      ...(voice?.secondaryLocales ?? []),
    ]);

    expect(locales).toEqual([expect.arrayContaining(["en-US"]), expect.arrayContaining(["en-US"])]);
    expect(second.items[0]?.name).not.toBe(first.items[0]?.name);
  });

  it("has no voice for a locale that nobody speaks", async () => {
    expect(await catalog("locale=xx-XX")).toEqual({ items: [], nextCursor: null });
  });
});
