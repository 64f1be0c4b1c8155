import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AuthorizationCodes, type Grant } from "../../../../local/entra/authorization-codes.ts";
import { ManualClock } from "../../../support/manual-clock.ts";

const verifier = "a-verifier-of-more-than-forty-three-characters";
const grant: Grant = {
  clientId: "client",
  redirectUri: "http://localhost:7071/docs",
  codeChallenge: createHash("sha256").update(verifier).digest("base64url"),
  userName: "ada",
  roles: ["Voice.User"],
  scopes: ["access_as_user"],
  nonce: undefined,
};
const redemption = { clientId: grant.clientId, redirectUri: grant.redirectUri, codeVerifier: verifier };

describe("an authorization code", () => {
  it("is good for the client that holds the verifier", () => {
    const codes = new AuthorizationCodes(() => new Date());

    expect(codes.redeem({ code: codes.issue(grant), ...redemption })).toEqual(grant);
  });

  it("is good once", () => {
    const codes = new AuthorizationCodes(() => new Date());
    const code = codes.issue(grant);
    codes.redeem({ code, ...redemption });

    expect(() => codes.redeem({ code, ...redemption })).toThrow(/AADSTS70008/);
  });

  it("is used up by a wrong verifier", () => {
    const codes = new AuthorizationCodes(() => new Date());
    const code = codes.issue(grant);

    expect(() => codes.redeem({ code, ...redemption, codeVerifier: "wrong" })).toThrow(/AADSTS501481/);
    expect(() => codes.redeem({ code, ...redemption })).toThrow(/AADSTS70008/);
  });

  it("ends after ten minutes", () => {
    const clock = new ManualClock();
    const codes = new AuthorizationCodes(() => clock.now());
    const code = codes.issue(grant);

    clock.advance(600);

    expect(() => codes.redeem({ code, ...redemption })).toThrow(/AADSTS70008/);
  });
});
