import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from "jose";

/** A key that Entra withdraws is trusted for this long at most while Entra answers. */
const MAX_AGE_MS = 60 * 60_000;

/** Tokens with unknown key ids make Entra hear of us at most once in this time. */
const COOL_DOWN_MS = 30_000;

const FETCH_TIMEOUT_MS = 5_000;

/**
 * The signing keys of a tenant: fetched at first use, again when a token names an unknown one, and hourly. While Entra
 * does not answer, the keys fetched last stay good.
 */
export function tenantKeys(authority: string, tenantId: string): JWTVerifyGetKey {
  const url = new URL(`${tenantId}/discovery/v2.0/keys`, `${authority.replace(/\/$/, "")}/`);
  let keys: JWTVerifyGetKey | undefined;
  return async (header, token) => {
    // At first use, because it makes Node load its `fetch`, which would take a tenth of the cold start.
    keys ??= createRemoteJWKSet(url, {
      cacheMaxAge: MAX_AGE_MS,
      cooldownDuration: COOL_DOWN_MS,
      timeoutDuration: FETCH_TIMEOUT_MS,
      [customFetch]: fetchOrLastAnswer(),
    });
    return keys(header, token);
  };
}

/** Fetches; when that fails, repeats the last good answer if there is one. */
function fetchOrLastAnswer(): FetchImplementation {
  let lastGood: string | undefined;
  return async (url, options) => {
    try {
      const response = await fetch(url, options);
      if (!response.ok) {
        throw new Error(`The key endpoint answered ${response.status}.`);
      }
      lastGood = await response.text();
    } catch (error) {
      if (lastGood === undefined) {
        throw error;
      }
    }
    return new Response(lastGood, { headers: { "content-type": "application/json" } });
  };
}
