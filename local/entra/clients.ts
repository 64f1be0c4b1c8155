import { OAuthError } from "./oauth-error.ts";
import {
  LOCAL_API_CLIENT_ID,
  LOCAL_DAEMON_CLIENT_ID,
  LOCAL_DAEMON_CLIENT_SECRET,
  LOCAL_SCOPES,
  LOCAL_SPA_CLIENT_ID,
} from "./registration.ts";

/** Scopes of OpenID Connect; they ask for no permission of the API. */
const OPENID_SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);

/** Redirect URIs of the public client: pages of this machine, on any port, as Entra allows for localhost. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1"]);

/** @throws {@link OAuthError} 700016 for a client that is not the public one. */
export function requirePublicClient(clientId: string): void {
  if (clientId !== LOCAL_SPA_CLIENT_ID) {
    throw new OAuthError(700016, clientId);
  }
}

/** @throws {@link OAuthError} 700016, 7000218, 7000215. */
export function requireConfidentialClient(clientId: string, secret: string | undefined): void {
  if (clientId !== LOCAL_DAEMON_CLIENT_ID) {
    throw new OAuthError(700016, clientId);
  }
  if (secret === undefined) {
    throw new OAuthError(7000218);
  }
  if (secret !== LOCAL_DAEMON_CLIENT_SECRET) {
    throw new OAuthError(7000215);
  }
}

/** @throws {@link OAuthError} 50011. */
export function requireRedirectUri(redirectUri: string): URL {
  const url = URL.parse(redirectUri);
  if (url === null || url.protocol !== "http:" || !LOOPBACK_HOSTS.has(url.hostname) || url.hash !== "") {
    throw new OAuthError(50011, redirectUri);
  }
  return url;
}

/**
 * The delegated scopes that a sign-in asks for, without the prefix of the API.
 *
 * @throws {@link OAuthError} 70011 when none of the API is among them, or an unknown one is.
 */
export function delegatedScopes(scope: string, audience: string): readonly string[] {
  const asked = scope.split(" ").filter((one) => one !== "" && !OPENID_SCOPES.has(one));
  const prefixes = [`${audience}/`, `${LOCAL_API_CLIENT_ID}/`];
  const names = asked.map((one) => {
    const prefix = prefixes.find((candidate) => one.startsWith(candidate));
    return prefix === undefined ? one : one.slice(prefix.length);
  });
  const granted = names.includes(".default") ? ["access_as_user"] : names;
  const known: readonly string[] = LOCAL_SCOPES;
  if (granted.length === 0 || granted.some((name) => !known.includes(name))) {
    throw new OAuthError(70011, scope);
  }
  return granted;
}

/** @throws {@link OAuthError} 1002012, 500011. */
export function requireDefaultScope(scope: string, audience: string): void {
  const suffix = "/.default";
  if (!scope.endsWith(suffix)) {
    throw new OAuthError(1002012, scope);
  }
  requireResource(scope.slice(0, -suffix.length), audience);
}

/** @throws {@link OAuthError} 500011 for a resource that is not this API. */
export function requireResource(resource: string, audience: string): void {
  if (resource !== audience && resource !== LOCAL_API_CLIENT_ID) {
    throw new OAuthError(500011, resource);
  }
}
