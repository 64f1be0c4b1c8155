import { describe, expect, inject, it } from "vitest";
import type { TokenRequest } from "../../../local/entra/access-token.ts";
import { clientWith, localToken } from "../../support/api-client.ts";

const baseUrl = inject("baseUrl");
const dataDirectory = inject("dataDirectory");
const READERS = ["Voice.Reader"];

async function listVoices(request: TokenRequest): Promise<Response> {
  const token = await localToken(dataDirectory, { roles: READERS, ...request });
  return clientWith(baseUrl, { authorization: `Bearer ${token}` }).get("/api/v1/voices");
}

describe("a token", () => {
  it.each([
    [{ version: "1.0" }],
    [{ version: "2.0" }],
    [{ subject: { kind: "app" }, version: "1.0" }],
    [{ subject: { kind: "app" }, version: "2.0" }],
    [{ subject: { kind: "user", name: "ada", scopes: ["voices:read"] } }],
  ] satisfies [TokenRequest][])("of the tenant for this API is good: %o", async (request) => {
    const response = await listVoices(request);
    await response.body?.cancel();

    expect(response.status).toBe(200);
  });

  it.each([
    ["expired", "token-expired"],
    ["not-yet-valid", "token-invalid"],
    ["wrong-audience", "token-audience-wrong"],
    ["wrong-issuer", "token-issuer-wrong"],
    ["wrong-tenant", "token-issuer-wrong"],
    ["unsigned", "token-invalid"],
    ["bad-signature", "token-invalid"],
    ["hmac-with-public-key", "token-invalid"],
    ["unknown-key", "token-invalid"],
  ] as const)("that is %s is refused with what to do", async (flaw, code) => {
    const response = await listVoices({ flaw });

    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect(await response.json()).toMatchObject({ code, recovery: [expect.any(String)] });
  });

  it("whose scope does not reach is refused by the name of the scope", async () => {
    const response = await listVoices({ subject: { kind: "user", name: "ada", scopes: ["lexicon:read"] } });

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ details: { scope: "voices:read" } });
  });

  it.each(["Basic ZGV2OmRldg==", "Bearer", "Bearer  ", "bearer"])(
    "is missing from %o",
    async (authorization) => {
      const response = await clientWith(baseUrl, { authorization }).get("/api/v1/voices");

      expect(await response.json()).toMatchObject({ code: "token-missing" });
    },
  );
});
