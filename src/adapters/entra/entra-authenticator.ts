import { decodeJwt, jwtVerify, type JWTVerifyGetKey } from "jose";
import type { Authenticator } from "../../application/ports/authenticator.ts";
import type { Clock } from "../../application/ports/clock.ts";
import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { principalOf } from "./access-token-claims.ts";
import { tenantKeys } from "./tenant-keys.ts";
import { tokenErrorOf } from "./token-error.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

const ALGORITHMS = ["RS256", "RS384", "RS512"];

/** How far the clocks of Entra and of this machine may be apart. */
const CLOCK_SKEW_SECONDS = 120;

/** Entra's tokens have 2 to 6 KB; Node accepts 16 KB of headers. */
const MAX_TOKEN_CHARACTERS = 16_384;

export interface EntraOptions {
  readonly tenantId: string;
  /** Application ID URI, client id or both: whatever tokens for this API carry as `aud`. */
  readonly audiences: readonly string[];
  /** Base URL of Entra ID, for example `https://login.microsoftonline.com`. */
  readonly authority: string;
  /** Default: the issuers of v1 and v2 tokens in the public cloud. */
  readonly issuers?: readonly string[];
  readonly clock: Clock;
}

/** Verifies access tokens of one Entra tenant, v1 and v2, delegated and application. */
export class EntraAuthenticator implements Authenticator {
  readonly #options: EntraOptions;
  readonly #issuers: readonly string[];
  readonly #keys: JWTVerifyGetKey;
  readonly #verified = new VerifiedTokens();

  constructor(options: EntraOptions) {
    const { tenantId } = options;
    this.#options = options;
    this.#issuers = options.issuers ?? [
      `https://login.microsoftonline.com/${tenantId}/v2.0`,
      `https://sts.windows.net/${tenantId}/`,
    ];
    this.#keys = tenantKeys(options.authority, tenantId);
  }

  async authenticate(bearerToken: string | undefined): Promise<Principal> {
    if (bearerToken === undefined || bearerToken === "") {
      throw new ServiceError("token-missing", "The request carries no bearer token.");
    }
    if (bearerToken.length > MAX_TOKEN_CHARACTERS) {
      throw new ServiceError("token-invalid", "The token is too long to be one of Entra ID.");
    }
    const known = this.#verified.get(bearerToken, this.#options.clock.now().getTime());
    return known ?? this.#verify(bearerToken);
  }

  async #verify(token: string): Promise<Principal> {
    try {
      this.#refuseForeignIssuer(token);
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms: ALGORITHMS,
        issuer: [...this.#issuers],
        audience: [...this.#options.audiences],
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: this.#options.clock.now(),
        requiredClaims: ["exp", "tid"],
      });
      const principal = principalOf(payload, this.#options.tenantId);
      this.#verified.add(token, principal, ((payload.exp ?? 0) + CLOCK_SKEW_SECONDS) * 1000);
      return principal;
    } catch (error) {
      throw tokenErrorOf(error);
    }
  }

  /** A token of another tenant is named as such, and never makes us ask Entra for its key. */
  #refuseForeignIssuer(token: string): void {
    const { iss } = decodeJwt(token);
    if (iss === undefined || !this.#issuers.includes(iss)) {
      throw new ServiceError("token-issuer-wrong", "The token was issued by another tenant.");
    }
  }
}
