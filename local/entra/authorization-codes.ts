import { createHash, randomBytes } from "node:crypto";
import { OAuthError } from "./oauth-error.ts";

/** Entra's codes are good for ten minutes, once. */
const LIFETIME_MS = 10 * 60_000;
const MAX_OPEN_CODES = 1000;

export interface Grant {
  readonly clientId: string;
  readonly redirectUri: string;
  /** SHA-256 of the verifier, base64url. */
  readonly codeChallenge: string;
  readonly userName: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
}

export interface Redemption {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeVerifier: string;
}

/** Authorization codes that wait to be redeemed. */
export class AuthorizationCodes {
  readonly #open = new Map<string, { readonly grant: Grant; readonly expiresAtMs: number }>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  issue(grant: Grant): string {
    const oldest = this.#open.keys().next();
    if (this.#open.size >= MAX_OPEN_CODES && oldest.done !== true) {
      this.#open.delete(oldest.value);
    }
    const code = `0.A${randomBytes(48).toString("base64url")}`;
    this.#open.set(code, { grant, expiresAtMs: this.#now().getTime() + LIFETIME_MS });
    return code;
  }

  /** @throws {@link OAuthError} 70008 for a code that is unknown, used or expired, 50011, 501481. */
  redeem(redemption: Redemption): Grant {
    const entry = this.#open.get(redemption.code);
    this.#open.delete(redemption.code);
    if (entry === undefined || entry.expiresAtMs <= this.#now().getTime()) {
      throw new OAuthError(70008);
    }
    const { grant } = entry;
    if (grant.clientId !== redemption.clientId || grant.redirectUri !== redemption.redirectUri) {
      throw new OAuthError(50011, redemption.redirectUri);
    }
    const challenge = createHash("sha256").update(redemption.codeVerifier).digest("base64url");
    if (challenge !== grant.codeChallenge) {
      throw new OAuthError(501481);
    }
    return grant;
  }
}
