import { SignJWT } from "jose";
import { issueAccessToken, type TokenIssuer } from "./access-token.ts";
import type { AuthorizationCodes, Grant } from "./authorization-codes.ts";
import {
  requireConfidentialClient,
  requireDefaultScope,
  requirePublicClient,
  requireRedirectUri,
  requireResource,
} from "./clients.ts";
import { OAuthError } from "./oauth-error.ts";
import { issuerOf, LOCAL_TENANT_ID, objectIdOf, type TokenVersion } from "./registration.ts";

/** What Entra tells of a token of this stand-in. */
const EXPIRES_IN_SECONDS = 8 * 3600;

export interface TokenEndpoint {
  readonly issuer: TokenIssuer;
  readonly codes: AuthorizationCodes;
}

type Answer = Readonly<Record<string, unknown>>;

/**
 * Answers a POST to `/oauth2/v2.0/token` or, for version 1.0, `/oauth2/token`.
 *
 * @throws {@link OAuthError}
 */
export async function answerTokenRequest(
  endpoint: TokenEndpoint,
  version: TokenVersion,
  form: URLSearchParams,
): Promise<Answer> {
  const grantType = required(form, "grant_type");
  switch (grantType) {
    case "client_credentials":
      return clientCredentials(endpoint, version, form);
    case "authorization_code":
      return authorizationCode(endpoint, version, form);
    default:
      throw new OAuthError(70003, grantType);
  }
}

async function clientCredentials(
  { issuer }: TokenEndpoint,
  version: TokenVersion,
  form: URLSearchParams,
): Promise<Answer> {
  const clientId = required(form, "client_id");
  requireConfidentialClient(clientId, form.get("client_secret") ?? undefined);
  if (version === "2.0") {
    requireDefaultScope(required(form, "scope"), issuer.audience);
  } else {
    requireResource(required(form, "resource"), issuer.audience);
  }
  const accessToken = await issueAccessToken(issuer, {
    subject: { kind: "app", clientId },
    roles: ["Voice.Admin"],
    version,
  });
  return tokenAnswer(accessToken);
}

async function authorizationCode(
  { issuer, codes }: TokenEndpoint,
  version: TokenVersion,
  form: URLSearchParams,
): Promise<Answer> {
  const clientId = required(form, "client_id");
  requirePublicClient(clientId);
  const codeVerifier = form.get("code_verifier");
  if (codeVerifier === null || codeVerifier === "") {
    throw new OAuthError(9002325);
  }
  const grant = codes.redeem({
    code: required(form, "code"),
    clientId,
    redirectUri: requireRedirectUri(required(form, "redirect_uri")).href,
    codeVerifier,
  });
  const accessToken = await issueAccessToken(issuer, {
    subject: { kind: "user", name: grant.userName, scopes: grant.scopes },
    roles: grant.roles,
    version,
  });
  return {
    ...tokenAnswer(accessToken),
    scope: grant.scopes.map((scope) => `${issuer.audience}/${scope}`).join(" "),
    id_token: await idToken(issuer, version, grant),
  };
}

function tokenAnswer(accessToken: string): Answer {
  return {
    token_type: "Bearer",
    expires_in: EXPIRES_IN_SECONDS,
    ext_expires_in: EXPIRES_IN_SECONDS,
    access_token: accessToken,
  };
}

async function idToken(issuer: TokenIssuer, version: TokenVersion, grant: Grant): Promise<string> {
  const { kid, key } = await issuer.keys.signingKey();
  const nowSeconds = Math.floor(issuer.now().getTime() / 1000);
  return new SignJWT({
    oid: objectIdOf(grant.userName),
    preferred_username: `${grant.userName}@local.test`,
    tid: LOCAL_TENANT_ID,
    ver: version,
    ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
  })
    .setProtectedHeader({ typ: "JWT", alg: "RS256", kid })
    .setIssuer(issuerOf(version))
    .setAudience(grant.clientId)
    .setSubject(objectIdOf(`pairwise:${grant.userName}`))
    .setIssuedAt(nowSeconds)
    .setNotBefore(nowSeconds)
    .setExpirationTime(nowSeconds + 3600)
    .sign(key);
}

/** @throws {@link OAuthError} 90014. */
function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === "") {
    throw new OAuthError(90014, name);
  }
  return value;
}
