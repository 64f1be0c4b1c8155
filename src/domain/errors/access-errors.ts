import type { ErrorRows } from "./error-row.ts";

/** Who may not come in, and why. */
export const accessErrors = {
  "token-missing": {
    status: 401,
    title: "A bearer token is needed",
    recovery: [
      "Send `Authorization: Bearer <token>` with an access token of Microsoft Entra ID for this API.",
    ],
    retryable: false,
  },
  "token-invalid": {
    status: 401,
    title: "The bearer token is not valid",
    recovery: ["Ask Microsoft Entra ID for a new access token and send it unchanged."],
    retryable: false,
  },
  "token-expired": {
    status: 401,
    title: "The bearer token has expired",
    recovery: ["Ask Microsoft Entra ID for a new access token."],
    retryable: false,
  },
  "token-audience-wrong": {
    status: 401,
    title: "The bearer token is meant for another API",
    recovery: ["Ask for a token whose audience is this API (the operator's AZURE_AUDIENCE)."],
    retryable: false,
  },
  "token-issuer-wrong": {
    status: 401,
    title: "The bearer token comes from another tenant",
    recovery: ["Sign in to the tenant in which this API is deployed."],
    retryable: false,
  },
  "permission-denied": {
    status: 403,
    title: "Your roles do not allow this",
    recovery: ["Ask an administrator to assign the app role that `detail` names."],
    retryable: false,
  },
  "rate-limited": {
    status: 429,
    title: "Too many requests",
    recovery: ["Wait for the time in Retry-After, then go on at the rate of the RateLimit-Policy header."],
    retryable: true,
  },
  "queue-full": {
    status: 429,
    title: "The queue for speech is full",
    recovery: ["Wait for the time in Retry-After; spread the load, or use a batch for many texts."],
    retryable: true,
  },
} as const satisfies ErrorRows;
