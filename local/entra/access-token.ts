import { randomUUID } from "node:crypto";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import {
  issuerOf,
  LOCAL_API_CLIENT_ID,
  LOCAL_DAEMON_CLIENT_ID,
  LOCAL_SPA_CLIENT_ID,
  LOCAL_TENANT_ID,
  objectIdOf,
  type TokenVersion,
} from "./registration.ts";
import { type SigningKey, type SigningKeys, unpublishedKey } from "./signing-keys.ts";

/** Ways in which a token can be wrong, each with everything else right. */
export const TOKEN_FLAWS = [
  "expired",
  "not-yet-valid",
  "wrong-audience",
  "wrong-issuer",
  "wrong-tenant",
  "unsigned",
  "bad-signature",
  "hmac-with-public-key",
  "unknown-key",
] as const;
export type TokenFlaw = (typeof TOKEN_FLAWS)[number];

/** Entra's tokens live 60 to 90 minutes; those of this stand-in a working day, so that a copied curl keeps working. */
const LIFETIME_SECONDS = 8 * 3600;

const FOREIGN_TENANT_ID = "9e1d5f70-3b28-4c6a-8f94-27a0c6b3d815";

export interface TokenRequest {
  /** A person signs in by user name; an application acts for itself by client id. Default: the person `dev`. */
  readonly subject?:
    | { readonly kind: "user"; readonly name: string; readonly scopes?: readonly string[] }
    | { readonly kind: "app"; readonly clientId?: string };
  /** App roles. Default: none. */
  readonly roles?: readonly string[];
  /** Default: "2.0". */
  readonly version?: TokenVersion;
  /** Default: 8 hours. */
  readonly lifetimeSeconds?: number;
  readonly flaw?: TokenFlaw;
}

export interface TokenIssuer {
  readonly keys: SigningKeys;
  /** Application ID URI of the API. */
  readonly audience: string;
  readonly now: () => Date;
}

/** Signs an access token with the claims that Entra puts into one for this API. */
export async function issueAccessToken(issuer: TokenIssuer, request: TokenRequest): Promise<string> {
  const claims = claimsOf(issuer, request);
  if (request.flaw === "unsigned") {
    return new UnsecuredJWT(claims).encode();
  }
  const { kid, key } = await issuer.keys.signingKey();
  if (request.flaw === "hmac-with-public-key") {
    const secret = new TextEncoder().encode(issuer.keys.publicKeys().at(-1)?.n);
    return new SignJWT(claims).setProtectedHeader({ typ: "JWT", alg: "HS256", kid }).sign(secret);
  }
  const foreign = await foreignSignature(request.flaw, kid);
  const signature = foreign ?? { kid, key };
  return new SignJWT(claims)
    .setProtectedHeader({ typ: "JWT", alg: "RS256", kid: signature.kid })
    .sign(signature.key);
}

/** A signature that no published key made, under the name of a published one or its own. */
async function foreignSignature(
  flaw: TokenFlaw | undefined,
  publishedKid: string,
): Promise<SigningKey | undefined> {
  if (flaw !== "bad-signature" && flaw !== "unknown-key") {
    return undefined;
  }
  const foreign = await unpublishedKey();
  return flaw === "unknown-key" ? foreign : { ...foreign, kid: publishedKid };
}

function claimsOf(issuer: TokenIssuer, request: TokenRequest): JWTPayload {
  const version = request.version ?? "2.0";
  const tenantId = request.flaw === "wrong-tenant" ? FOREIGN_TENANT_ID : LOCAL_TENANT_ID;
  const audience = version === "2.0" ? LOCAL_API_CLIENT_ID : issuer.audience;
  return {
    aud: request.flaw === "wrong-audience" ? "https://graph.microsoft.com" : audience,
    iss: issuerOf(version, request.flaw === "wrong-issuer" ? FOREIGN_TENANT_ID : LOCAL_TENANT_ID),
    tid: tenantId,
    ver: version,
    uti: randomUUID(),
    ...lifetimeOf(issuer.now(), request),
    ...(request.roles === undefined || request.roles.length === 0 ? {} : { roles: [...request.roles] }),
    ...subjectClaims(version, request.subject ?? { kind: "user", name: "dev" }),
  };
}

function lifetimeOf(now: Date, request: TokenRequest): { iat: number; nbf: number; exp: number } {
  const lifetimeSeconds = request.lifetimeSeconds ?? LIFETIME_SECONDS;
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const shiftSeconds = { expired: -lifetimeSeconds - 3600, "not-yet-valid": 3600 };
  const shift =
    request.flaw === "expired" || request.flaw === "not-yet-valid" ? shiftSeconds[request.flaw] : 0;
  const start = nowSeconds + shift;
  return { iat: start, nbf: start, exp: start + lifetimeSeconds };
}

function subjectClaims(version: TokenVersion, subject: NonNullable<TokenRequest["subject"]>): JWTPayload {
  if (subject.kind === "app") {
    const clientId = subject.clientId ?? LOCAL_DAEMON_CLIENT_ID;
    const oid = objectIdOf(clientId);
    const client =
      version === "2.0"
        ? { azp: clientId, azpacr: "1" }
        : { appid: clientId, appidacr: "1", idp: issuerOf("1.0") };
    return { ...client, idtyp: "app", oid, sub: oid };
  }
  const oid = objectIdOf(subject.name);
  const principalName = `${subject.name}@local.test`;
  const person =
    version === "2.0"
      ? { azp: LOCAL_SPA_CLIENT_ID, azpacr: "0", preferred_username: principalName }
      : { appid: LOCAL_SPA_CLIENT_ID, appidacr: "0", upn: principalName, unique_name: principalName };
  const scopes = subject.scopes ?? ["access_as_user"];
  return {
    ...person,
    oid,
    sub: objectIdOf(`pairwise:${subject.name}`),
    name: subject.name,
    scp: scopes.join(" "),
  };
}
