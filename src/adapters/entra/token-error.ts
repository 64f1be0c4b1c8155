import { errors } from "jose";
import type { ErrorCode } from "../../domain/errors/catalog.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

const RETRY_AFTER_SECONDS = 5;

/** The claim that failed → what a client is told. */
const CLAIM_CODES: Readonly<Record<string, { readonly code: ErrorCode; readonly message: string }>> = {
  aud: { code: "token-audience-wrong", message: "The token's audience is not this API." },
  iss: { code: "token-issuer-wrong", message: "The token was issued by another tenant." },
  nbf: { code: "token-invalid", message: "The token is not valid yet." },
};

/** Failures of the token itself; any other failure of a verification is one of fetching the keys. */
const TOKEN_FAILURES = [
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSMultipleMatchingKeys,
  errors.JWKSNoMatchingKey,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTInvalid,
];

/** Translates what jose throws. */
export function tokenErrorOf(cause: unknown): ServiceError {
  if (cause instanceof ServiceError) {
    return cause;
  }
  if (cause instanceof errors.JWTExpired) {
    return new ServiceError("token-expired", "The token has expired.", { cause });
  }
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const { code, message } = CLAIM_CODES[cause.claim] ?? {
      code: "token-invalid",
      message: `The token's claim ${cause.claim} is missing or wrong.`,
    };
    return new ServiceError(code, message, { cause });
  }
  if (TOKEN_FAILURES.some((failure) => cause instanceof failure)) {
    return new ServiceError(
      "token-invalid",
      "The token is not one that Entra ID has signed for this tenant.",
      {
        cause,
      },
    );
  }
  return new ServiceError("identity-unavailable", "The signing keys of Entra ID cannot be fetched.", {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });
}
