import { createHash, timingSafeEqual } from "node:crypto";
import type { Authenticator } from "../../application/ports/authenticator.ts";
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
  readonly #readMetricsToken: () => Promise<string>;

  constructor(inner: Authenticator, readMetricsToken: () => Promise<string>) {
    this.#inner = inner;
    this.#readMetricsToken = readMetricsToken;
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
    return timingSafeEqual(hashOf(bearerToken), hashOf(await this.#readMetricsToken()));
  }
}

/** Hashes have one length, so that comparing them tells nothing by its time. */
function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
