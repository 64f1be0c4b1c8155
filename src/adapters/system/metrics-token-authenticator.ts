import { createHash, timingSafeEqual } from "node:crypto";
import type { Authenticator } from "../../application/ports/authenticator.ts";
import type { RenewableCredential } from "../rotation/with-renewal.ts";
import type { Principal } from "../../domain/access/principal.ts";

/** Reads metrics and nothing else: a scraper that cannot speak OAuth. */
const SCRAPER: Principal = {
  id: "metrics-token",
  kind: "app",
  tenantId: "",
  roles: [],
  permissions: new Set(["metrics:read"]),
};

/**
 * Takes one fixed bearer token for reading metrics, where another authenticator refuses it. What that one takes never waits
 * for the secret.
 *
 * @throws what the other authenticator throws, and what reading the metrics token throws.
 */
export class MetricsTokenAuthenticator implements Authenticator {
  readonly #inner: Authenticator;
  readonly #token: RenewableCredential<string>;

  constructor(inner: Authenticator, token: RenewableCredential<string>) {
    this.#inner = inner;
    this.#token = token;
  }

  async authenticate(bearerToken: string | undefined): Promise<Principal> {
    try {
      return await this.#inner.authenticate(bearerToken);
    } catch (error) {
      if (bearerToken !== undefined && (await this.#isMetricsToken(bearerToken))) {
        return SCRAPER;
      }
      throw error;
    }
  }

  async #isMetricsToken(bearerToken: string): Promise<boolean> {
    const { credential, renew } = this.#token;
    const known = await credential();
    if (isSame(bearerToken, known)) {
      return true;
    }
    return (await renew?.(known)) === true && isSame(bearerToken, await credential());
  }
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hashOf(a), hashOf(b));
}

/** Hashes have one length, so that comparing them tells nothing by its time. */
function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
