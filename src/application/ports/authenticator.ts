import type { Principal } from "../../domain/access/principal.ts";

/** Turns a bearer token into the principal behind it. */
export interface Authenticator {
  /**
   * @param bearerToken the token without its scheme; undefined when the request carries none.
   * @throws {@link ServiceError} `token-missing`, `token-invalid`, `token-expired`, `token-audience-wrong`,
   * `token-issuer-wrong`; `identity-unavailable` (retryable) when the signing keys cannot be fetched.
   */
  authenticate(bearerToken: string | undefined): Promise<Principal>;
}
