import { issuerOf, LOCAL_TENANT_ID, type TokenVersion } from "./registration.ts";

/** The OpenID Connect metadata of the tenant. Endpoints are the stand-in's, the issuer is Azure's. */
export function discoveryDocument(baseUrl: string, version: TokenVersion): Readonly<Record<string, unknown>> {
  const tenant = `${baseUrl}/${LOCAL_TENANT_ID}`;
  const infix = version === "2.0" ? "/v2.0" : "";
  return {
    token_endpoint: `${tenant}/oauth2${infix}/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post"],
    jwks_uri: `${tenant}/discovery${infix}/keys`,
    response_modes_supported: ["query", "fragment"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code"],
    scopes_supported: ["openid", "profile", "email"],
    issuer: issuerOf(version),
    authorization_endpoint: `${tenant}/oauth2${infix}/authorize`,
    claims_supported: [
      "sub",
      "iss",
      "aud",
      "exp",
      "iat",
      "nonce",
      "preferred_username",
      "name",
      "tid",
      "ver",
    ],
    tenant_region_scope: null,
    cloud_instance_name: "microsoftonline.com",
  };
}
