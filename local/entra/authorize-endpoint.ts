import { isRole } from "../../src/domain/access/permissions.ts";
import type { AuthorizationCodes } from "./authorization-codes.ts";
import { delegatedScopes, requirePublicClient, requireRedirectUri } from "./clients.ts";
import { OAuthError } from "./oauth-error.ts";

/** The parameters of an authorization request that Entra would show a sign-in page for. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: URL;
  readonly codeChallenge: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly responseMode: "query" | "fragment";
}

/** @throws {@link OAuthError} what Entra shows on a page of its own instead of redirecting. */
export function parseAuthorizationRequest(query: URLSearchParams, audience: string): AuthorizationRequest {
  const clientId = required(query, "client_id");
  requirePublicClient(clientId);
  const redirectUri = requireRedirectUri(required(query, "redirect_uri"));
  const responseType = required(query, "response_type");
  if (responseType !== "code") {
    throw new OAuthError(700054, responseType);
  }
  const codeChallenge = query.get("code_challenge");
  if (codeChallenge === null || codeChallenge === "") {
    throw new OAuthError(9002325);
  }
  const method = query.get("code_challenge_method") ?? "plain";
  if (method !== "S256") {
    throw new OAuthError(501471, method);
  }
  return {
    clientId,
    redirectUri,
    codeChallenge,
    scopes: delegatedScopes(query.get("scope") ?? "", audience),
    state: query.get("state") ?? undefined,
    nonce: query.get("nonce") ?? undefined,
    responseMode: responseModeOf(query.get("response_mode")),
  };
}

/** What the person chose on the sign-in page → where the browser goes next. */
export function completeSignIn(
  codes: AuthorizationCodes,
  request: AuthorizationRequest,
  form: URLSearchParams,
): URL {
  const userName = (form.get("user") ?? "").trim();
  if (userName === "") {
    throw new OAuthError(50020);
  }
  const code = codes.issue({
    clientId: request.clientId,
    redirectUri: request.redirectUri.href,
    codeChallenge: request.codeChallenge,
    userName,
    roles: form.getAll("role").filter(isRole),
    scopes: request.scopes,
    nonce: request.nonce,
  });
  const answer = new URLSearchParams({
    code,
    ...(request.state === undefined ? {} : { state: request.state }),
  });
  const target = new URL(request.redirectUri);
  if (request.responseMode === "fragment") {
    target.hash = answer.toString();
  } else {
    answer.forEach((value, name) => target.searchParams.set(name, value));
  }
  return target;
}

function responseModeOf(mode: string | null): "query" | "fragment" {
  if (mode === null || mode === "query" || mode === "fragment") {
    return mode ?? "query";
  }
  throw new OAuthError(9002313);
}

/** @throws {@link OAuthError} 90014. */
function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null || value === "") {
    throw new OAuthError(90014, name);
  }
  return value;
}
