import { randomUUID } from "node:crypto";

interface EntraFailure {
  readonly error: string;
  readonly status: number;
  readonly message: string;
}

/**
 * Entra's own numbers and words. `{}` stands for the value of the request.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const FAILURES = {
  50011: {
    error: "invalid_request",
    status: 400,
    message:
      "The redirect URI '{}' specified in the request does not match the redirect URIs configured for the application.",
  },
  50020: { error: "invalid_grant", status: 400, message: "User account is not known in this tenant." },
  70001: {
    error: "unauthorized_client",
    status: 400,
    message: "Application with identifier '{}' was not found in the directory.",
  },
  70003: {
    error: "unsupported_grant_type",
    status: 400,
    message: "The app requested an unsupported grant type '{}'.",
  },
  70008: {
    error: "invalid_grant",
    status: 400,
    message: "The provided authorization code or refresh token has expired or was used already.",
  },
  70011: {
    error: "invalid_scope",
    status: 400,
    message: "The provided request must include a 'scope' input parameter. The scope '{}' is not valid.",
  },
  90002: { error: "invalid_request", status: 400, message: "Tenant '{}' not found." },
  90014: {
    error: "invalid_request",
    status: 400,
    message: "The required field '{}' is missing from the credential.",
  },
  500011: {
    error: "invalid_resource",
    status: 400,
    message: "The resource principal named {} was not found in the tenant.",
  },
  501471: {
    error: "invalid_request",
    status: 400,
    message: "The code_challenge_method '{}' is not supported.",
  },
  501481: {
    error: "invalid_grant",
    status: 400,
    message: "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
  },
  700016: {
    error: "unauthorized_client",
    status: 400,
    message: "Application with identifier '{}' was not found in the directory.",
  },
  700054: {
    error: "unsupported_response_type",
    status: 400,
    message: "response_type '{}' is not enabled for the application.",
  },
  1002012: {
    error: "invalid_scope",
    status: 400,
    message:
      "The provided value for scope {} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.",
  },
  7000215: {
    error: "invalid_client",
    status: 401,
    message:
      "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.",
  },
  7000218: {
    error: "invalid_client",
    status: 401,
    message: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  9002313: {
    error: "invalid_request",
    status: 400,
    message: "Invalid request. Request is malformed or invalid.",
  },
  9002325: {
    error: "invalid_request",
    status: 400,
    message: "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
  },
} as const satisfies Readonly<Record<number, EntraFailure>>;
export type EntraErrorNumber = keyof typeof FAILURES;

/** A request that Entra refuses with an AADSTS number. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly number: EntraErrorNumber;
  readonly status: number;
  readonly error: string;

  constructor(number: EntraErrorNumber, value = "") {
    super(`AADSTS${number}: ${FAILURES[number].message.replace("{}", value)}`);
    this.number = number;
    this.status = FAILURES[number].status;
    this.error = FAILURES[number].error;
  }

  /** The body of the token endpoint. */
  body(now: Date): Readonly<Record<string, unknown>> {
    const timestamp = now
      .toISOString()
      .replace("T", " ")
      .replace(/\.\d+Z$/, "Z");
    const [traceId, correlationId] = [randomUUID(), randomUUID()];
    return {
      error: this.error,
      error_description: `${this.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [this.number],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${this.number}`,
    };
  }
}
